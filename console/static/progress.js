// How far something is that takes a while. Without it the page shows that when it is loaded again.
"use strict";

for (const bar of document.querySelectorAll("progress[data-from]")) {
  const going = bar.dataset.while.split(" "), every = Number(bar.dataset.every);

  const look = async () => {
    try {
      const answer = await fetch(bar.dataset.from, { headers: { "X-Live": "1" } });
      if (answer.redirected) return location.reload();
      const { state, progress } = await answer.json();
      bar.value = progress;
      if (!going.includes(state)) return location.reload();
    } catch {
      // The line may be back the next time.
    }
    setTimeout(look, every);
  };

  setTimeout(look, every);
}
