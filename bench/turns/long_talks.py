"""Whether a turn costs more when much has been said before it."""

from __future__ import annotations

from itertools import cycle, islice
from statistics import median

from bench.turns.side import Side
from bench.turns.words import QUESTIONS

TURNS = 200
TALKS = 3
#: The first and the last turns that are compared; each holds every question once.
SAMPLE = len(QUESTIONS)


def measure_long_talks(side: Side) -> dict[str, float]:
    """Milliseconds of the first turns and of the last ones, and how many times that is more."""
    talks = [_talk(side) for _ in range(TALKS)]
    first = median(seconds for talk in talks for seconds in talk[:SAMPLE])
    last = median(seconds for talk in talks for seconds in talk[-SAMPLE:])
    return {"turn 1 ms": first * 1000, "turn 200 ms": last * 1000, "growth": last / first}


def _talk(side: Side) -> list[float]:
    take_turn = side.open_conversation()
    return [take_turn(words) for words in islice(cycle(QUESTIONS), TURNS)]
