"""Waiting for the answer to a form that was sent without script."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import aclosing, suppress

from gateway.chat_session import is_answered
from gateway.house import House

#: Seconds. A person who waits this long gets the page anyway, and a button to look again.
LONGEST_WAIT = 6.0


async def wait_for_answer(house: House, person_id: uuid.UUID) -> None:
    """Return when nothing more is coming, or after a while."""
    with suppress(TimeoutError):
        async with (
            asyncio.timeout(LONGEST_WAIT),
            aclosing(house.news.wait(str(person_id))) as news,
        ):
            async for _ in news:
                if await is_answered(house, person_id):
                    return
