"""Webhooks at a steady rate, whether the last one has been answered or not (open loop)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import httpx

from bench.turns.carrier import Letter

# Seconds. Twilio waits no longer for a webhook, and tries once more when the connection fails:
# https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
CONNECT, IN_ALL = 5, 15
TRIES = 2


@dataclass(frozen=True)
class Answer:
    """How one webhook ended. ``seconds`` count from the moment it was due."""

    taken: bool
    seconds: float


async def post_steadily(
    letters: Sequence[Letter], per_second: float, midway: Callable[[], None] | None = None
) -> list[Answer]:
    """Post every letter when it is due; ``midway`` happens, in a thread, before the middle one."""
    waiting = httpx.Timeout(None, connect=CONNECT)
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(timeout=waiting, limits=limits, trust_env=False) as client:
        begun, posts, other = time.perf_counter(), [], []
        for position, letter in enumerate(letters):
            due = begun + position / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if midway and position == len(letters) // 2:
                other.append(asyncio.create_task(asyncio.to_thread(midway)))
            posts.append(asyncio.create_task(_post(client, letter, due)))
        await asyncio.gather(*other)
        return await asyncio.gather(*posts)


async def _post(client: httpx.AsyncClient, letter: Letter, due: float) -> Answer:
    """One webhook as Twilio brings it."""
    taken = False
    with suppress(TimeoutError):
        async with asyncio.timeout(IN_ALL):
            taken = await _try(client, letter)
    return Answer(taken, time.perf_counter() - due)


async def _try(client: httpx.AsyncClient, letter: Letter) -> bool:
    for _ in range(TRIES):
        with suppress(httpx.TransportError):
            answer = await client.post(letter.url, data=letter.form, headers=letter.headers)
            return answer.is_success
    return False
