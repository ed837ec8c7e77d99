"use strict";

// Review: not yet reviewed by a qualified advocate.
const WORDS = {
  en: {
    hint: 'This is an automated service, not a person. Write "hi" to begin. Press Esc twice to leave this page fast.',
    label: "Your message", send: "Send", leave: "Leave now", other: "Español", change: "Cambiar a español",
    talk: "Chat", again: "Your message did not get through. Please send it again.",
  },
  es: {
    hint: 'Esto es un servicio automático, no una persona. Escribe "hola" para empezar. Oprime Esc dos veces para salir rápido.',
    label: "Tu mensaje", send: "Enviar", leave: "Salir ya", other: "English", change: "Switch to English",
    talk: "Chat", again: "Tu mensaje no llegó. Por favor envíalo otra vez.",
  },
};

const element = (id) => document.getElementById(id);
const talk = element("talk");
const text = element("text");
let language = "en";
let escapedAt = 0;
const line = new EventSource("/chat/events");

function speak(next) {
  language = next;
  const words = WORDS[language];
  document.documentElement.lang = language;
  element("hint").textContent = words.hint;
  element("label").textContent = words.label;
  element("send").textContent = words.send;
  element("leave").textContent = words.leave;
  const other = element("language");
  other.textContent = words.other;
  other.lang = language === "en" ? "es" : "en";
  other.setAttribute("aria-label", words.change);
}

function bubble(words, mine) {
  const item = document.createElement("li");
  if (mine) item.className = "mine";
  const paragraph = document.createElement("p");
  paragraph.textContent = words;
  item.append(paragraph);
  talk.append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

function offer(item, options) {
  const row = document.createElement("div");
  row.className = "options";
  for (const option of options) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = option.title;
    button.addEventListener("click", () => say(option.title));
    row.append(button);
  }
  item.append(row);
  item.scrollIntoView({ block: "end" });
}

function forgetOffers() {
  for (const row of talk.querySelectorAll(".options")) row.remove();
}

async function say(words) {
  if (!words.trim()) return;
  forgetOffers();
  bubble(words, true);
  const message = { method: "POST", headers: { "Content-Type": "application/json" } };
  message.body = JSON.stringify({ id: crypto.randomUUID(), text: words });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await fetch("/chat/messages", message).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 500 * (attempt + 1)));
  }
  bubble(WORDS[language].again, false);
}

function leave() {
  line.close();
  navigator.sendBeacon("/chat/exit");
  document.body.replaceChildren();
  document.title = "";
  location.replace(document.body.dataset.away);
}

line.addEventListener("reply", (event) => {
  const reply = JSON.parse(event.data);
  const item = bubble(reply.text, false);
  if (reply.options.length) offer(item, reply.options);
});
element("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value;
  text.value = "";
  say(words);
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    element("write").requestSubmit();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - escapedAt < 1500) leave();
  escapedAt = event.timeStamp;
});
element("leave").addEventListener("click", leave);
element("language").addEventListener("click", () => speak(language === "en" ? "es" : "en"));
if (navigator.language.startsWith("es")) speak("es");
