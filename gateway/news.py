"""News of replies for open web pages, by PostgreSQL's own notifications."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator

import psycopg

from bot.settings import Secret
from bot.store.outbox import REPLY_NEWS

#: Seconds. Pages look again this often even without news, in case one was missed.
LOOK_AGAIN = 10.0
#: Seconds between attempts to hear again after the database was away.
RECONNECT = 1.0


class News:
    """Wakes whoever waits for replies to one person."""

    def __init__(self, database_url: Secret) -> None:
        self._url = database_url
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def listen(self) -> None:
        """Hear the database's notifications until cancelled."""
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                await self._listen_once()
            await asyncio.sleep(RECONNECT)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url.reveal(), autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {REPLY_NEWS}")
            async for notification in connection.notifies():
                for event in self._waiting.get(notification.payload, ()):
                    event.set()

    async def wait(self, person_id: str) -> AsyncGenerator[None, None]:
        """Yield now, at every piece of news for ``person_id``, and now and then besides."""
        event = asyncio.Event()
        self._waiting[person_id].add(event)
        try:
            while True:
                yield
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), LOOK_AGAIN)
                event.clear()
        finally:
            self._waiting[person_id].discard(event)
            if not self._waiting[person_id]:
                del self._waiting[person_id]
