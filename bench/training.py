"""What people notice while a release is trained: a first reply with and without it."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.turns.carrier import fresh_numbers
from bench.turns.figures import percentile
from bench.turns.waymark import waymark_side
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.train import train_beside

TIMES = 150
#: Seconds between two people; nobody waits for another.
APART = 0.5
BUDGET = 1.5


def run(_: Path | None = None) -> dict[str, Any]:
    """A row without and a row with a training of all there is, in milliseconds."""
    with waymark_side() as waymark, waymark.meeting() as meet:
        numbers = fresh_numbers()

        def time_replies() -> list[float]:
            times = []
            for _ in range(TIMES):
                times.append(meet(next(numbers)))
                time.sleep(APART)
            return times

        time_replies()
        alone = time_replies()
        with _training():
            beside = time_replies()
        again = time_replies()
    rows = [
        _row("alone", alone), _row("while a release is trained", beside),
        _row("alone again", again),
    ]  # fmt: skip
    ratio = rows[1]["p95 ms"] / max(rows[0]["p95 ms"], rows[2]["p95 ms"])
    note = f"p95 beside a training by p95 alone: {ratio:.2f}; budget {BUDGET}."
    return {"title": "A training beside the house", "rows": rows, "notes": [note], "figures": rows}


def _row(name: str, times: list[float]) -> dict[str, Any]:
    return {
        "what": name,
        "first replies": len(times),
        "p50 ms": round(1000 * percentile(times, 50), 1),
        "p95 ms": round(1000 * percentile(times, 95), 1),
    }


@contextmanager
def _training() -> Iterator[None]:
    """The worker's own way to train, with everything to be learned anew."""
    with tempfile.TemporaryDirectory(prefix="waymark-training-") as folder:
        home, content = Path(folder) / "home", Path(folder) / "content"
        Edition(SHIPPED).save(content)
        loop, begun = asyncio.new_event_loop(), threading.Event()

        async def tell(_: int) -> None:
            begun.set()

        async def train() -> None:
            await train_beside(content, home, tell)

        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        training = asyncio.run_coroutine_threadsafe(train(), loop)
        begun.wait()
        time.sleep(15)  # its libraries are read in, and it learns
        try:
            yield
            if training.done():
                raise SystemExit("The training ended before it was measured.")
        finally:
            training.cancel()
            time.sleep(1)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
