// Writing to a person: kept as they are typed, weighed, and sent once. The forms do the same without it.
"use strict";

(() => {
const EVERY = 1000, PATIENCE = 10000, AGAIN = [1000, 2000, 5000, 10000];
const part = document.getElementById("part");
const form = document.getElementById("write");
let low = true;

// Who reads further up stays there; everybody else sees what is newest.
part.addEventListener("scroll", () => { low = part.scrollHeight - part.scrollTop - part.clientHeight < 40; });
part.addEventListener("refreshed", () => { if (low) part.scrollTop = part.scrollHeight; });
part.scrollTop = part.scrollHeight;
// A page out of the browser's memory may show what has ended since.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
if (!form) return;

const box = form.elements.words, button = document.getElementById("send");
const saved = document.getElementById("saved"), fault = document.getElementById("fault");
const found = document.getElementById("found");
let kept = box.value, timer = 0, keeping = false, sending = false, tries = 0;

const wait = (time) => new Promise((done) => { setTimeout(done, time); });

function post(path, headers = {}, more = {}) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(path, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE), ...more });
}

// The conversation is over, or nobody is signed in any more: live.js clears the page.
function isGone(answer) {
  if (answer.redirected) window.leave();
  if (answer.status === 404) window.end();
  return answer.redirected || answer.status === 404;
}

// Goes on until what is in the box is kept, however long the connection is away.
async function keep() {
  if (keeping) return;
  keeping = true;
  while (box.isConnected && !sending && box.value !== kept) {
    const text = box.value;
    try {
      const answer = await post(form.dataset.draft);
      if (isGone(answer)) return;
      if (!answer.ok) throw new Error("not kept");
      weigh(await answer.json());
      kept = text;
      tries = 0;
      saved.textContent = text ? "Saved" : "";
      await wait(EVERY);
    } catch {
      saved.textContent = "Not saved yet; trying again";
      await wait(AGAIN[Math.min(tries++, AGAIN.length - 1)]);
    }
  }
  keeping = false;
}

// Not only at a pause: each draft that is kept tells the person that somebody writes.
function changed() {
  timer ||= setTimeout(() => { timer = 0; keep(); }, EVERY);
}

function weigh(weight) {
  const segments = form.querySelector("[data-weight=segments]");
  segments.hidden = weight.segments === null;
  segments.textContent = `${weight.segments} of 2 texts, `;
  form.querySelector("[data-weight=characters]").textContent = `${weight.characters} of ${box.dataset.longest} characters`;
  document.getElementById("hints-for-you").replaceChildren(...weight.hints.map((hint) => {
    const item = document.createElement("li");
    item.textContent = hint;
    return item;
  }));
}

function complain(sentence) {
  fault.textContent = sentence;
  fault.hidden = !sentence;
}

// The form's own id makes sure that a second try of the same text sends nothing twice.
async function send() {
  if (sending) return;
  sending = box.readOnly = button.disabled = true;
  clearTimeout(timer);
  timer = 0;
  try {
    const answer = await post(form.action, { Accept: "application/json" });
    if (isGone(answer)) return;
    const told = await answer.json();
    form.elements.line_id.value = told.line_id;
    complain(told.fault);
    if (!told.fault) {
      box.value = kept = "";
      weigh({ segments: form.querySelector("[data-weight=segments]").hidden ? null : 0, characters: 0, hints: [] });
      saved.textContent = "Sent";
    }
  } catch {
    complain("Not sent. Look at the connection and press Send again. It goes out once, not twice.");
  } finally {
    sending = box.readOnly = button.disabled = false;
    if (box.isConnected) box.focus();
    changed();
  }
}

// At the cursor; the first blank that is still open is selected, to be written over.
function insert(text) {
  const start = box.selectionStart;
  const gap = start && !/\s/.test(box.value[start - 1]) ? " " : "";
  box.setRangeText(gap + text, start, box.selectionEnd, "end");
  const blank = box.value.slice(start).match(/\{(name|service|phone|hours)\}/);
  box.focus();
  if (blank) box.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
  changed();
}

async function search(path) {
  try {
    const answer = await post(path, { "X-Part": "services" });
    if (isGone(answer)) return;
    if (!answer.ok) throw new Error("not found");
    found.innerHTML = await answer.text();
  } catch {
    found.textContent = "This could not be looked up. Try again.";
  }
}

form.addEventListener("submit", (event) => {
  const asked = event.submitter;
  const isSearch = asked?.formAction.endsWith("/search");
  if (asked && asked !== button && !isSearch && !asked.dataset.insert) {
    kept = box.value; // the form takes it along
    return;
  }
  event.preventDefault();
  if (isSearch) search(asked.formAction);
  else if (asked?.dataset.insert) insert(asked.dataset.insert);
  else send();
});
document.addEventListener("over", () => { box.value = kept = ""; });
box.addEventListener("input", changed);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send();
  }
});
addEventListener("beforeunload", (event) => { if (box.isConnected && box.value !== kept) event.preventDefault(); });
addEventListener("pagehide", () => {
  if (box.isConnected && box.value !== kept) post(form.dataset.draft, {}, { keepalive: true, signal: undefined });
});
})();
