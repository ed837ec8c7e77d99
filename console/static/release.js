// How far a release is. Without it the page shows that when it is loaded again.
"use strict";

const bar = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(bar.dataset.from, { headers: { "X-Live": "1" } });
    if (answer.redirected) return location.reload();
    const { state, progress } = await answer.json();
    bar.value = progress;
    if (state !== "publishing") return location.reload();
  } catch {
    // The line may be back the next time.
  }
  setTimeout(look, 3000);
}

setTimeout(look, 3000);
