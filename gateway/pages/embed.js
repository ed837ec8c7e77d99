"use strict";

// For a partner's page: <script src="https://chat.example/embed.js" defer></script>
// A small button opens the chat in a frame on the same page. The chat's own way out leaves the whole
// page. This script sends nothing, keeps nothing, and loads nothing until the button is pressed.
{
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const spanish = (script.dataset.lang || document.documentElement.lang || "en").startsWith("es");
  const words = spanish ? { open: "Chat", close: "Ocultar el chat" } : { open: "Chat", close: "Hide the chat" };
  const style = (element, rules) => Object.assign(element.style, rules);
  const side = { position: "fixed", insetInlineEnd: "1rem", zIndex: "2147483647" };
  const look = { font: "600 1rem/1.5 system-ui, sans-serif", minHeight: "44px", minWidth: "88px", padding: ".4rem 1rem", border: "2px solid #fff", borderRadius: ".6rem", background: "#23605a", color: "#fff", cursor: "pointer" };
  let frame = null;

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  style(button, { ...side, ...look, bottom: "1rem" });
  button.addEventListener("click", () => {
    frame ??= show();
    const open = frame.hidden;
    frame.hidden = !open;
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  });

  function show() {
    const made = document.createElement("iframe");
    made.title = words.open;
    made.hidden = true;
    made.referrerPolicy = "no-referrer";
    made.src = `${home}/framed?lang=${spanish ? "es" : "en"}`;
    style(made, { ...side, bottom: "5rem", width: "min(24rem, calc(100vw - 2rem))", height: "min(36rem, calc(100vh - 7rem))", border: "1px solid #85827a", borderRadius: ".8rem", background: "#fff" });
    button.before(made);
    return made;
  }

  // The keys of the way out, pressed inside the frame: the chat has wiped itself; now this page goes.
  addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame?.contentWindow || event.data?.leave === undefined) return;
    document.title = "";
    document.documentElement.replaceChildren();
    location.replace(event.data.leave);
  });

  document.body.append(button);
}
