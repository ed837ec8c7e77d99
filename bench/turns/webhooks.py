"""How fast a webhook is answered at fifty messages a second, and whether all are answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import islice

from bench.turns.figures import percentile
from bench.turns.home import wait_until
from bench.turns.load import post_steadily
from bench.turns.settling import settle
from bench.turns.side import Side
from bench.turns.words import QUESTIONS

PER_SECOND = 50
SECONDS = 20
SENDERS = 200


def measure_webhooks(side: Side, numbers: Iterator[str]) -> dict[str, float]:
    """Milliseconds to the answer, messages not taken, seconds until the last one was answered."""
    senders = list(islice(numbers, SENDERS))
    rounds = [side.hello, *QUESTIONS][: PER_SECOND * SECONDS // SENDERS]
    letters = [
        side.carrier.write(side.webhook, number, words) for words in rounds for number in senders
    ]
    begun = time.monotonic()
    answers = asyncio.run(post_steadily(letters, PER_SECOND))
    wait_until(side.is_idle, "the last answer")
    behind = time.monotonic() - begun - len(letters) / PER_SECOND
    settle(side)
    seconds = [answer.seconds for answer in answers]
    met = side.carrier.count_first_replies()
    return {
        "webhook p50 ms": percentile(seconds, 50) * 1000,
        "webhook p99 ms": percentile(seconds, 99) * 1000,
        "webhooks not taken": sum(not answer.taken for answer in answers),
        "senders without reply": sum(number not in met for number in senders),
        "seconds behind": max(0.0, behind),
    }
