"use strict";

const CENTS_PER_SEGMENT = 0.83;
const texts = document.getElementById("texts");
const number = document.getElementById("number");
const body = document.getElementById("body");
const problem = document.getElementById("problem");
let line;

function bubble(text) {
  const item = document.createElement("li");
  item.dataset.sid = text.sid;
  if (text.mine) item.className = "mine";
  const words = document.createElement("p");
  words.textContent = text.body;
  item.append(words, document.createElement("small"));
  return item;
}

function describe(text) {
  const plural = text.segments === 1 ? "segment" : "segments";
  return `${text.segments} ${plural}, ${text.encoding}, ${text.status}`;
}

function show(all) {
  const known = new Map([...texts.children].map((item) => [item.dataset.sid, item]));
  const before = texts.children.length;
  for (const text of all) {
    const item = known.get(text.sid) ?? texts.appendChild(bubble(text));
    item.lastChild.textContent = describe(text);
  }
  if (texts.children.length > before) texts.scrollTop = texts.scrollHeight;
  const segments = all.reduce((sum, text) => sum + text.segments, 0);
  document.getElementById("replies").textContent = all.filter((text) => !text.mine).length;
  document.getElementById("segments").textContent = segments;
  document.getElementById("cost").textContent = `$${((segments * CENTS_PER_SEGMENT) / 100).toFixed(4)}`;
}

function watch() {
  if (line) line.close();
  texts.replaceChildren();
  line = new EventSource(`/texts/${encodeURIComponent(number.value)}`);
  line.onmessage = (event) => show(JSON.parse(event.data));
}

async function send(event) {
  event.preventDefault();
  const said = body.value;
  if (!said) return;
  body.value = "";
  const answer = await fetch("/texts", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ number: number.value, body: said }),
  }).catch(() => null);
  problem.textContent = answer?.ok ? "" : "The gateway did not take this text. Is Waymark running?";
}

document.getElementById("write").addEventListener("submit", send);
body.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) send(event);
});
number.addEventListener("change", watch);
watch();
