"""Reading the directory for strangers, without taking the database away from people who write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.hidden_names import HiddenNames
from bot.directory.naming import Names
from bot.store.database import Sessions

#: Strangers' questions at a time; messages need the other connections.
AT_ONCE = 2
#: Milliseconds that one question may take the database.
LONGEST = 5000
#: Seconds for which a list's length is remembered: counting is the slowest part of a page.
REMEMBERED = 60.0
#: Lengths remembered at a time.
MOST_REMEMBERED = 500

_PATIENCE = text(f"SET LOCAL statement_timeout = {LONGEST}")


class Shelf:
    """Opens a session for one question, two at a time, and remembers how long lists are, and
    which names are not told.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._lengths: dict[Hashable, tuple[float, int]] = {}
        self._hidden = HiddenNames()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncSession]:
        """A session to read with."""
        async with self._turns, self._sessions.begin() as session:
            await session.execute(_PATIENCE)
            yield session

    async def find_hidden(self, session: AsyncSession) -> Names:
        """The names that no text that is told may hold."""
        return await self._hidden.find(session)

    async def count(self, of_what: Hashable, count: Callable[[], Awaitable[int]]) -> int:
        """A list's length, as it was counted within the last minute."""
        now = time.monotonic()
        known = self._lengths.get(of_what)
        if known is None or known[0] < now - REMEMBERED:
            if len(self._lengths) >= MOST_REMEMBERED:
                self._lengths.clear()
            known = self._lengths[of_what] = (now, await count())
        return known[1]
