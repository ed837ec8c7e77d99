"""What becomes of two hundred first messages when the engine is killed among them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import islice

from bench.turns.home import wait_until
from bench.turns.load import post_steadily
from bench.turns.settling import settle
from bench.turns.side import Side

MESSAGES = 200
PER_SECOND = 20


def measure_crash(side: Side, numbers: Iterator[str]) -> dict[str, float]:
    """Messages without the one first reply they must bring, and with more than one."""
    senders = list(islice(numbers, MESSAGES))
    letters = [side.carrier.write(side.webhook, number, side.hello) for number in senders]
    killed_at = time.monotonic() + MESSAGES / 2 / PER_SECOND
    answers = asyncio.run(post_steadily(letters, PER_SECOND, side.kill_engine))
    wait_until(side.is_engine_here, "the engine to come back")
    back_at = time.monotonic()
    settle(side)
    met = side.carrier.count_first_replies()
    return {
        "webhooks refused": sum(not answer.taken for answer in answers),
        "messages lost": sum(met[number] == 0 for number in senders),
        "messages doubled": sum(met[number] > 1 for number in senders),
        "engine away s": back_at - killed_at,
    }
