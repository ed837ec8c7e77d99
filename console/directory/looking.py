"""What is looked for beside the pages: to go through a large directory takes half a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import connect, sessions
from bot.store.tables import ApartRow, EntryRow
from console.house import House

#: Seconds that a page waits for a search that has begun; small directories need less.
PATIENCE = 3.0

One = TypeVar("One")
#: Goes through the whole directory.
Find = Callable[[AsyncSession], Awaitable[Sequence[One]]]


@dataclass(frozen=True)
class Found(Generic[One]):
    """What was found, and the state of the directory in which it was."""

    state: Any
    listed: Sequence[One]


class Looking(Generic[One]):
    """Remembers what was found for as long as no entry changes, and looks again when one did."""

    def __init__(self, house: House, find: Find[One]) -> None:
        self._house, self._find = house, find
        self._found: Found[One] | None = None
        self._looking: asyncio.Task[Found[One]] | None = None

    def count(self) -> int | None:
        """How many were found last; ``None`` when nobody has looked yet."""
        return len(self._found.listed) if self._found else None

    async def look(self, session: AsyncSession) -> Sequence[One] | None:
        """The list as of now; ``None`` while it takes longer than anybody waits."""
        state = await _find_state(session)
        if self._found is None or self._found.state != state:
            task = self._looking or asyncio.create_task(self._search(state))
            self._looking = task
            await asyncio.wait({task}, timeout=PATIENCE)
            if not task.done():
                return None
            self._looking = None  # also of one that failed, so that the next one looks again
            self._found = task.result()
        return self._found.listed

    async def _search(self, state: Any) -> Found[One]:
        """On a thread with a connection of its own: comparing names would hold up every page."""
        url = self._house.settings.database_url.reveal()
        return Found(state, await asyncio.to_thread(asyncio.run, _find(url, self._find)))


async def _find_state(session: AsyncSession) -> tuple[Any, ...]:
    """Differs after any change of an entry, and after any pair that was set apart."""
    entries = select(func.count(), func.max(EntryRow.changed_at)).select_from(EntryRow)
    count, changed = (await session.execute(entries)).one()
    return count, changed, await session.scalar(select(func.count()).select_from(ApartRow))


async def _find(url: str, find: Find[One]) -> Sequence[One]:
    database = connect(url)
    try:
        async with sessions(database)() as session:
            return await find(session)
    finally:
        await database.dispose()
