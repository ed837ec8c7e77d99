// Parts of a page that change by themselves. Without it a link refreshes the page.
"use strict";

const live = document.querySelector("[data-events]");
const news = document.getElementById("news");
const offline = document.getElementById("offline");
const ENDED = "The person left, or somebody else talks with them now. Nothing of it is left here.";
let source, figures = "", asked = 0;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function tell(sentence) {
  news.textContent = "";
  setTimeout(() => { news.textContent = sentence; }, 50);
}

// What has the focus keeps it, by its own id: no button becomes another person's.
function swap(part, page) {
  const focused = part.contains(document.activeElement) && document.activeElement;
  const section = focused && focused.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  part.innerHTML = page;
  if (focused && focused !== part) {
    const again = document.getElementById(focused.id) || document.getElementById(section);
    if (again?.tagName === "SELECT") again.value = focused.value;
    again?.focus({ preventScroll: true });
  }
  part.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
}

// A row must not move away under the hand that is about to press its button.
async function refresh() {
  if (!live.dataset.part) return;
  const mine = ++asked;
  for (let tries = 0; tries < 8 && live.querySelector("button:hover, button:active"); tries++) await pause(250);
  if (mine !== asked) return;
  try {
    const answer = await fetch(live.dataset.part, { headers: { "X-Live": "1" } });
    if (answer.redirected) return leave();
    if (answer.status === 404) return end();
    const page = await answer.text();
    if (answer.ok && mine === asked) swap(live, page);
  } catch {
    if (offline) offline.hidden = false;
  }
}

// The conversation is over: nothing of it stays on this screen.
function end() {
  source.close();
  asked = Infinity;
  document.title = "Ended";
  const main = document.getElementById("main");
  main.innerHTML = '<section class="card narrow stack"><h1>This conversation has ended.</h1><p></p><p><a class="button" href="/">Back to the desk</a></p></section>';
  main.querySelector("p").textContent = live.dataset.over || ENDED;
  main.focus();
  tell("This conversation has ended.");
  document.dispatchEvent(new Event("over"));
}

// Nobody is signed in any more, so the door comes next.
function leave() {
  document.getElementById("main").replaceChildren();
  location.reload();
}

// Names of colleagues stand in a place of their own, or in the part.
function look(names) {
  const place = document.querySelector("[data-looking]");
  if (!place) return refresh();
  place.textContent = names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} looking too.` : "";
}

async function hear(event) {
  await refresh();
  if (event.type === "person") return tell("There is something new.");
  const { waiting, danger, unanswered } = JSON.parse(event.data);
  const now = `${waiting} waiting, ${danger} in danger. ${unanswered} of yours wait for an answer.`;
  if (figures && figures !== now) tell(now);
  figures = now;
}

function listen() {
  let heard = false;
  source = new EventSource(live.dataset.events);
  source.addEventListener("open", () => { if (offline) offline.hidden = true; });
  source.addEventListener("queue", hear);
  // The first only says that the page may have been made too early.
  source.addEventListener("person", (event) => { heard ? hear(event) : refresh(); heard = true; });
  source.addEventListener("looking", (event) => look(JSON.parse(event.data)));
  source.addEventListener("over", end);
  source.addEventListener("out", leave);
  source.addEventListener("error", () => {
    heard = false;
    if (offline) offline.hidden = false;
    if (source.readyState === EventSource.CLOSED && asked !== Infinity) setTimeout(() => { refresh(); listen(); }, 3000);
  });
}

if (live) {
  listen();
  if (live.dataset.every) setInterval(refresh, 1000 * live.dataset.every);
}
