"""The whole measurement: one side after the other, the same steps on each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any

from rich.console import Console

from bench.machine import read_load
from bench.turns.carrier import fresh_numbers
from bench.turns.crash import measure_crash
from bench.turns.first_replies import measure_first_replies
from bench.turns.long_talks import measure_long_talks
from bench.turns.settling import settle
from bench.turns.side import Side
from bench.turns.stock import stock_side
from bench.turns.table import make_notes, make_rows
from bench.turns.waymark import waymark_side
from bench.turns.webhooks import measure_webhooks
from bench.turns.words import QUESTIONS

screen = Console(stderr=True, highlight=False)
#: Strangers met before anything is measured: both sides load and compile on first use.
WARM_UP = 10

Figures = dict[str, Any]


def measure_sides() -> dict[str, Any]:
    """Both sides: rows and notes for the table, and the plain figures."""
    stock, waymark = _measure(stock_side), _measure(waymark_side)
    return {
        "title": "Turns: stock Rasa 3.6.21 and Waymark",
        "rows": make_rows(stock, waymark),
        "notes": make_notes(stock, waymark),
        "stock": stock,
        "waymark": waymark,
    }


def _measure(open_side: Callable[[], AbstractContextManager[Side]]) -> Figures:
    """Every figure of one side. The crash comes last, since it disturbs what comes after it."""
    numbers, figures = fresh_numbers(), Figures()
    screen.print(f"{open_side.__name__}: starting")
    with open_side() as side:
        steps: dict[str, Callable[[], Figures]] = {
            "warming up": lambda: _warm_up(side, numbers),
            "idle memory": lambda: {"memory": side.weigh()},
            "first replies": lambda: measure_first_replies(side, numbers),
            "long conversations": lambda: measure_long_talks(side),
            "webhooks": lambda: measure_webhooks(side, numbers),
            "memory after the load": lambda: {"memory after": side.weigh()},
            "crash of the engine": lambda: measure_crash(side, numbers),
        }
        for what, step in steps.items():
            with _step(side.name, what):
                figures |= step()
    return figures


def _warm_up(side: Side, numbers: Iterator[str]) -> Figures:
    with side.meeting() as meet:
        for number in islice(numbers, WARM_UP):
            meet(number)
    take_turn = side.open_conversation()
    for words in QUESTIONS:
        take_turn(words)
    settle(side)
    return {}


@contextmanager
def _step(name: str, what: str) -> Iterator[None]:
    begun = time.monotonic()
    with screen.status(f"{name}: {what} ..."):
        yield
    screen.print(f"{name}: {what}, {time.monotonic() - begun:.0f} s, load {read_load()}")
