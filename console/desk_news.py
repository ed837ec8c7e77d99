"""News of people and of the queue for open screens, by PostgreSQL's own notifications."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import psycopg

from bot.settings import Secret
from bot.store.desk_news import DESK_NEWS

#: Seconds. Screens look again this often even without news, in case one was missed.
LOOK_AGAIN = 10.0
#: Seconds between attempts to hear again after the database was away.
RECONNECT = 1.0


class DeskNews:
    """Wakes whoever waits; each waiter is given the ids of the people that there is news of.

    ``heard`` counts the news: while it stands still, nothing has changed.
    """

    def __init__(self, database_url: Secret) -> None:
        self._url = database_url
        self._waiting: set[asyncio.Queue[str]] = set()
        self.heard = 0

    async def listen(self) -> None:
        """Hear the database's notifications until cancelled."""
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                await self._listen_once()
            await asyncio.sleep(RECONNECT)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url.reveal(), autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {DESK_NEWS}")
            self.tell("")  # what happened before it could be heard
            async for notification in connection.notifies():
                self.tell(notification.payload)

    def tell(self, person_id: str) -> None:
        """Wake the open screens of this process; an empty id is news of anybody."""
        self.heard += 1
        for queue in self._waiting:
            queue.put_nowait(person_id)

    async def wait(self) -> AsyncGenerator[frozenset[str], None]:
        """Yield who there is news of, all that has come together; now and then nobody at all.

        The first comes at once and says anybody, so that nothing is missed in between.
        """
        queue = asyncio.Queue[str]()
        self._waiting.add(queue)
        try:
            yield frozenset({""})
            while True:
                yield await _next_news(queue)
        finally:
            self._waiting.discard(queue)


async def _next_news(queue: asyncio.Queue[str]) -> frozenset[str]:
    try:
        news = {await asyncio.wait_for(queue.get(), LOOK_AGAIN)}
    except TimeoutError:
        return frozenset()
    while not queue.empty():
        news.add(queue.get_nowait())
    return frozenset(news)
