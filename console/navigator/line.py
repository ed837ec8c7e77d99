"""The line as it is now, read once for all open pages. Nothing in it is what anybody said."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.claims import Waiting, find_queue
from bot.store.desk_view import find_line_mark, find_names
from console.house import House


@dataclass(frozen=True)
class Standing:
    """Everybody who waits, most urgent first, and the names of those whom they are meant for.

    ``mark`` is another one as soon as anything of it is another one.
    """

    mark: str = ""
    waiting: Sequence[Waiting] = ()
    names: Mapping[uuid.UUID, str] = field(default_factory=dict)

    def of(self, staff_id: uuid.UUID) -> list[Waiting]:
        """The line as one member sees it: practice is shown to its trainee alone."""
        return [one for one in self.waiting if not one.practice or one.meant_for == staff_id]


class Line:
    """With 50 open pages and 200 people who wait it matters that each change is read once."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._standing = Standing()
        self._heard = -1
        self._reading = asyncio.Lock()

    async def read(self, session: AsyncSession) -> Standing:
        """As it is in the database at this moment."""
        mark = await find_line_mark(session)
        if mark != self._standing.mark:
            waiting = await find_queue(session)
            names = await find_names(session, (one.meant_for for one in waiting if one.meant_for))
            self._standing = Standing(mark, waiting, names)
        return self._standing

    async def hear(self) -> Standing:
        """As it was when the last news came, of which there is at least one at each change."""
        async with self._reading:
            if self._heard != self._house.news.heard:
                heard = self._house.news.heard
                async with self._house.sessions() as session:
                    await self.read(session)
                self._heard = heard
        return self._standing
