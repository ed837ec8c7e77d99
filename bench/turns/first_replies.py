"""From a stranger's first message to the reply, one stranger after another."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from bench.turns.figures import percentile
from bench.turns.side import Side

STRANGERS = 100
#: Seconds. Room for what comes after the reply, so that the next stranger is not disturbed by it.
EVERY = 0.2


def measure_first_replies(side: Side, numbers: Iterator[str]) -> dict[str, float]:
    """Milliseconds until the reply is there."""
    seconds = []
    with side.meeting() as meet:
        for number in islice(numbers, STRANGERS):
            seconds.append(meet(number))
            time.sleep(max(0.0, EVERY - seconds[-1]))
    return {
        "first reply p50 ms": percentile(seconds, 50) * 1000,
        "first reply p95 ms": percentile(seconds, 95) * 1000,
    }
