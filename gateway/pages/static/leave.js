"use strict";

// The way out, on every page of ours. Escape or Shift three times, each within five seconds of the
// one before and with no other key between them, does what the button does.
{
  const AGAIN_WITHIN = 5000;
  const away = document.body.dataset.away;
  const inFrame = window.parent !== window;
  let key = "", count = 0, at = 0, left = false;

  const wipe = () => {
    document.title = "";
    document.documentElement.replaceChildren();
  };

  // Blank first, then elsewhere, in place of this page: Back does not come here again.
  const leave = () => {
    if (left) return;
    left = true;
    document.dispatchEvent(new Event("leaving"));
    wipe();
    if (inFrame) {
      window.parent.postMessage({ leave: away }, "*");
      try { window.top.location.replace(away); } catch { /* The page around us does it. */ }
    } else {
      location.replace(away);
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "leave") return;
    event.preventDefault();
    leave();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing) return;
    if (event.key !== "Escape" && event.key !== "Shift") { key = ""; return; }
    const goesOn = event.key === key && event.timeStamp - at <= AGAIN_WITHIN;
    count = goesOn ? count + 1 : 1;
    key = event.key;
    at = event.timeStamp;
    if (count === 3) leave();
    else if (count > 1 || key === "Escape") document.dispatchEvent(new CustomEvent("pressed", { detail: 3 - count }));
  }, true);

  // A browser may keep a page as it stood and bring it back, words and all: leave nothing to bring.
  addEventListener("pagehide", () => {
    document.dispatchEvent(new Event("hiding"));
    wipe();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("over", leave);
}
