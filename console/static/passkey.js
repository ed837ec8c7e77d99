// A passkey in place of a typed second factor. Without it the page is whole as well.
"use strict";

const room = document.getElementById("passkey");
const csrf = document.querySelector("meta[name=csrf]").content;

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF": csrf },
    body: JSON.stringify(body ?? {}),
  });
  return answer.json();
}

const WAYS = {
  async make() {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post("/passkeys/new/options"));
    return post("/passkeys/new", await navigator.credentials.create({ publicKey: options }));
  },
  async show() {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post("/passkeys/options"));
    return post("/passkeys", await navigator.credentials.get({ publicKey: options }));
  },
};

async function go(way) {
  const fault = room.querySelector(".error");
  fault.hidden = true;
  try {
    const answer = await WAYS[way]();
    if (answer.to) {
      location.assign(answer.to);
      return;
    }
    fault.textContent = answer.fault;
  } catch {
    fault.textContent = "No passkey was used. You can try again, or go the other way.";
  }
  fault.hidden = false;
}

if (room && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  room.hidden = false;
  for (const button of room.querySelectorAll("[data-passkey]")) {
    button.addEventListener("click", () => go(button.dataset.passkey));
  }
}
