"""What people notice while a release is trained: a first reply with and without it.

Once with all that there is, and once with the largest site (``bench.much``); each measured while
the part that learns meanings is at work, which takes both cores.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.much import write_content
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
#: Percent of a training that are done when the last part begins to learn.
LEARNS_FROM = 40


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
        rows = [_row("alone", time_replies())]
        for what, write in CONTENTS.items():
            with _training(write):
                rows.append(_row(f"while {what} is trained", time_replies()))
            rows.append(_row("alone again", time_replies()))
    notes = [_compare(rows[at - 1 : at + 2]) for at in range(1, len(rows), 2)]
    return {"title": "A training beside the house", "rows": rows, "notes": notes, "figures": rows}


def _compare(rows: list[dict[str, Any]]) -> str:
    """A row between two without a training."""
    before, beside, after = rows
    ratio = beside["p95 ms"] / max(before["p95 ms"], after["p95 ms"])
    return f"p95 {beside['what']} by p95 alone: {ratio:.2f}; budget {BUDGET}."


def _row(name: str, times: list[float]) -> dict[str, Any]:
    return {
        "what": name,
        "first replies": len(times),
        "p50 ms": round(1000 * percentile(times, 50), 1),
        "p95 ms": round(1000 * percentile(times, 95), 1),
    }


def _write_shipped(root: Path) -> None:
    Edition(SHIPPED).save(root)


CONTENTS: dict[str, Callable[[Path], None]] = {
    "a release": _write_shipped,
    "one with 300 meanings": write_content,
}


@contextmanager
def _training(write: Callable[[Path], None]) -> Iterator[None]:
    """The worker's own way to train, with everything to be learned anew."""
    with tempfile.TemporaryDirectory(prefix="waymark-training-") as folder:
        home, content = Path(folder) / "home", Path(folder) / "content"
        write(content)
        loop, begun = asyncio.new_event_loop(), threading.Event()

        async def tell(percent: int) -> None:
            if percent >= LEARNS_FROM:
                begun.set()

        async def train() -> None:
            await train_beside(content, home, tell)

        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        training = asyncio.run_coroutine_threadsafe(train(), loop)
        while not begun.wait(1):
            if training.done():
                training.result()
        try:
            yield
            if training.done():
                raise SystemExit("The training ended before it was measured.")
        finally:
            training.cancel()
            time.sleep(1)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
