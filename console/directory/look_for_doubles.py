"""Possible doubles, looked for beside the pages: in a large directory it takes half a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.duplicates import Double, find_doubles
from bot.store.database import connect, sessions
from bot.store.tables import ApartRow, EntryRow
from console.house import House

#: Seconds that a page waits for a search that has begun; small directories need less.
PATIENCE = 3.0


@dataclass(frozen=True)
class Found:
    """The pairs, and the state of the directory in which they were found."""

    state: Any
    doubles: Sequence[Double]


class Doubles:
    """Remembers what was found for as long as no entry changes, and looks again when one did."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._found: Found | None = None
        self._looking: asyncio.Task[Found] | None = None

    def count(self) -> int | None:
        """How many were found last; ``None`` when nobody has looked yet."""
        return len(self._found.doubles) if self._found else None

    async def look(self, session: AsyncSession) -> Sequence[Double] | None:
        """The pairs as of now; ``None`` while it takes longer than anybody waits."""
        state = await _find_state(session)
        if self._found is None or self._found.state != state:
            task = self._looking or asyncio.create_task(self._search(state))
            self._looking = task
            await asyncio.wait({task}, timeout=PATIENCE)
            if not task.done():
                return None
            self._looking = None  # also of one that failed, so that the next one looks again
            self._found = task.result()
        return self._found.doubles

    async def _search(self, state: Any) -> Found:
        """On a thread with a connection of its own: comparing names would hold up every page."""
        url = self._house.settings.database_url.reveal()
        return Found(state, await asyncio.to_thread(asyncio.run, _find(url)))


async def _find_state(session: AsyncSession) -> tuple[Any, ...]:
    """Differs after any change of an entry, and after any pair that was set apart."""
    entries = select(func.count(), func.max(EntryRow.changed_at)).select_from(EntryRow)
    count, changed = (await session.execute(entries)).one()
    return count, changed, await session.scalar(select(func.count()).select_from(ApartRow))


async def _find(url: str) -> list[Double]:
    database = connect(url)
    try:
        async with sessions(database)() as session:
            return await find_doubles(session)
    finally:
        await database.dispose()
