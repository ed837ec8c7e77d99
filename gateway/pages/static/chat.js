"use strict";

// The chat with script. The token lives in this script alone: not in a cookie, not in storage, not
// in an address. Closing or reloading the page forgets it, unless the person agreed to be remembered.
{
  const SILENT_FOR = 25000, LONGEST_PAUSE = 8000, ANSWER_WITHIN = 15000, TYPING_FOR = 6000;
  const element = (id) => document.getElementById(id);
  const talk = element("talk"), text = element("text"), status = element("status"), typing = element("typing");
  const words = JSON.parse(element("words").textContent);
  const token = document.querySelector("#write input[name=session]").value;
  const authorized = { Authorization: `Bearer ${token}` };
  const queue = [];
  let language = document.documentElement.lang, chosen = false;
  let after = document.body.dataset.after, spoken = "spoken" in document.body.dataset;
  let listening = false, sending = false, over = false, line = null, fading = 0;

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const pause = (tries) => new Promise((later) => {
    setTimeout(later, Math.min(LONGEST_PAUSE, 500 * 2 ** tries));
    addEventListener("online", later, { once: true });
  });
  const tell = (word) => { status.textContent = word ? words[language][word] : ""; };

  function speak(next) {
    if (!(next in words) || next === language) return;
    const before = language;
    language = next;
    document.documentElement.lang = next;
    document.documentElement.dir = words[next].direction;
    for (const item of document.querySelectorAll("[data-word]")) item.textContent = words[next][item.dataset.word];
    for (const item of document.querySelectorAll("[data-label]")) item.setAttribute("aria-label", words[next][item.dataset.label]);
    const button = document.querySelector(`[data-speak="${next}"]`);
    button.dataset.speak = button.lang = before;
    button.textContent = words[before].name;
    element("hide").href = `/hide?lang=${next}`;
  }

  // As in chat_links.py: a word that begins with the house's own address is a link, in the same tab.
  function link(word) {
    if (!word.startsWith(`${document.body.dataset.ours}/`)) return [word];
    const item = document.createElement("a"), address = word.replace(/[.,;:!?)]+$/, "");
    item.href = item.textContent = address;
    if (window.parent !== window) item.target = "_top";
    return [item, word.slice(address.length)];
  }

  function bubble(said, spokenIn) {
    const item = document.createElement("li"), paragraph = document.createElement("p");
    if (spokenIn === null) item.className = "mine";
    else if (spokenIn) item.lang = spokenIn;
    if (spokenIn === null) paragraph.textContent = said;
    else paragraph.append(...said.split(/(\s+)/).flatMap(link));
    paragraph.dir = "auto";
    item.append(paragraph);
    talk.append(item);
    item.scrollIntoView({ block: "end" });
    return item;
  }

  const takeBackOffers = () => { for (const row of talk.querySelectorAll(".options")) row.remove(); };

  function offer(item, options) {
    const row = document.createElement("form");
    row.className = "options";
    for (const option of options) {
      const button = document.createElement("button");
      button.name = "choice";
      button.value = button.textContent = option.title;
      row.append(button);
    }
    item.append(row);
    item.scrollIntoView({ block: "end" });
  }

  function say(said) {
    if (!said.trim() || over) return;
    takeBackOffers();
    bubble(said, null);
    queue.push({ id: newId(), text: said });
    send();
  }

  // One after the other, each until it is taken. It keeps its id, so the house counts it once.
  async function send() {
    if (sending) return;
    sending = true;
    for (let tries = 0; queue.length && !over;) {
      const answer = await post(queue[0]);
      const lost = answer === null || answer.status >= 500 || answer.status === 429;
      if (lost) {
        tell("slow");
        await pause(tries++);
        continue;
      }
      tries = 0;
      queue.shift();
      tell(answer.ok ? "" : "not_sent");
      if (answer.status === 410 || (answer.ok && (await answer.json().catch(() => ({}))).leave)) return end();
      if (answer.ok) listen();
    }
    sending = false;
  }

  const post = (message) => {
    spoken = true;
    const headers = { ...authorized, "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    return fetch("/chat/messages", { method: "POST", headers, body: JSON.stringify(message), signal }).catch(() => null);
  };

  // The line of replies. After a break it goes on behind the last reply that came.
  async function listen() {
    if (listening || over) return;
    listening = true;
    for (let tries = 0; !over; tries += 1) {
      const answer = await open();
      if (answer?.status === 410) return end();
      if (answer && answer.status >= 400 && answer.status < 500) break;
      if (answer?.ok && await read(answer.body)) tries = 0;
      if (!over) await pause(tries);
    }
    listening = false;
  }

  const open = () => {
    line = new AbortController();
    return fetch("/chat/events", { headers: { ...authorized, "Last-Event-ID": after }, signal: line.signal }).catch(() => null);
  };

  async function read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "", heard = false;
    try {
      for (;;) {
        const silence = setTimeout(() => line.abort(), SILENT_FOR);
        const { done, value } = await reader.read().finally(() => clearTimeout(silence));
        if (done) return heard;
        heard = true;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        events.forEach(take);
      }
    } catch {
      return heard;
    }
  }

  function take(event) {
    const fields = Object.fromEntries(event.split("\n").map((row) => row.split(/: (.*)/s, 2)));
    if (fields.event === "over") end();
    else if (fields.event === "remember") fetch("/chat/remember", { method: "POST", headers: authorized }).catch(() => null);
    else if (fields.event === "typing") showTyping();
    else if (fields.event === "reply" && Number(fields.id) > Number(after)) show(fields.id, JSON.parse(fields.data));
  }

  // Said once, however long somebody goes on writing; who reads further up stays there.
  function showTyping() {
    clearTimeout(fading);
    fading = setTimeout(hideTyping, TYPING_FOR);
    if (typing.textContent || over) return;
    const talked = document.querySelector("main");
    const low = talked.scrollHeight - talked.scrollTop - talked.clientHeight < 80;
    typing.textContent = words[language].typing;
    if (low) talked.scrollTop = talked.scrollHeight;
  }

  function hideTyping() {
    clearTimeout(fading);
    typing.textContent = "";
  }

  function show(position, reply) {
    after = position;
    hideTyping();
    if (reply.language && !chosen) speak(reply.language);
    const item = bubble(reply.text, reply.language ?? "");
    takeBackOffers();
    if (reply.options.length) offer(item, reply.options);
  }

  const end = () => document.dispatchEvent(new Event("over"));
  const hush = () => {
    over = true;
    hideTyping();
    queue.length = 0;
    line?.abort();
  };

  document.addEventListener("leaving", () => {
    hush();
    if (spoken) navigator.sendBeacon("/chat/exit", new URLSearchParams({ session: token }));
  });
  document.addEventListener("hiding", hush);
  document.addEventListener("pressed", (event) => tell(event.detail === 1 ? "one_more" : "two_more"));
  document.addEventListener("submit", (event) => {
    if (event.target.id === "leave") return;
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed?.dataset.speak) {
      chosen = true;
      speak(pressed.dataset.speak);
    } else if (pressed?.name === "choice") {
      say(pressed.value);
    } else if (event.target.id === "write") {
      const said = text.value;
      text.value = "";
      say(said);
    }
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      element("write").requestSubmit();
    }
  });
  // A phone's keyboard covers the page on some systems: stay within what can be seen.
  window.visualViewport?.addEventListener("resize", () => {
    document.body.style.blockSize = `${window.visualViewport.height}px`;
    window.scrollTo(0, 0);
  });

  for (const input of document.querySelectorAll("input[type=hidden]")) input.remove();
  element("again")?.remove();
  for (const item of document.querySelectorAll(".with-script")) item.hidden = false;
  document.querySelector("main").classList.remove("talking");
  talk.lastElementChild?.scrollIntoView({ block: "end" });
  if (spoken) listen();
}
