"""Rehearsals, asked for by a page and looked at until they have ended."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.rehearsals import (
    EVERYTHING,
    Wish,
    ask_to_rehearse,
    count_waiting,
    find_last_rehearsal,
    find_rehearsal,
)
from bot.store.releases import Release, find_open_releases
from bot.store.tables import RehearsalRow, ReleaseRow
from bot.store.tables.rehearsal import DONE, FAILED
from console.admin.change_forms import BadForm
from console.house import House
from console.members import Member

#: Once everything is ready a few lines are played in less, and no bar need be shown.
PATIENCE = timedelta(seconds=2)
#: Seconds.
_LOOK_EVERY = 0.1
#: Rehearsals of one member that may wait at a time; they are played one after the other, and
#: everybody else's wait behind them.
MOST_WAITING = 20
TOO_MANY = "Much of what you asked for still waits to be played. Try again when some of it is done."
CLOSED = "This release is closed by now. Choose another one, or what is in use."


@dataclass(frozen=True)
class Played:
    """A rehearsal, and the title of the release that was played; empty for what is in use."""

    row: RehearsalRow
    title: str

    @property
    def ended(self) -> bool:
        """Whether nobody has to wait for it."""
        return self.row.state in {DONE, FAILED}

    @property
    def done(self) -> bool:
        """Whether there is a result."""
        return self.row.state == DONE


def is_older(played: Played, release: Release) -> bool:
    """Whether something in the release was changed after it was played."""
    return any(one.changed_at > played.row.asked_at for one in release.changes)


async def ask(house: House, member: Member, wishes: Sequence[Wish]) -> list[uuid.UUID]:
    """Let the worker play ``wishes``, one after the other. Raises :class:`BadForm`."""
    async with house.sessions.begin() as session:
        known = {None, *(row.id for row in await find_open_releases(session))}
        if not all(wish.release_id in known for wish in wishes):
            raise BadForm(CLOSED)
        if await count_waiting(session, member.id) >= MOST_WAITING:
            raise BadForm(TOO_MANY)
        return [await ask_to_rehearse(session, wish, member.id, house.now()) for wish in wishes]


async def ask_for_everything(
    house: House, member: Member, release_id: uuid.UUID | None
) -> uuid.UUID:
    """Let every conversation be played, unless that goes on already. Raises :class:`BadForm`."""
    async with house.sessions() as session:
        last = await find_last_rehearsal(session, release_id, EVERYTHING)
    if last is not None and last.state not in {DONE, FAILED}:
        return last.id
    wish = Wish(release_id, "sms", house.site.default_language, script=EVERYTHING)
    return (await ask(house, member, [wish]))[0]


async def find_played(house: House, rehearsal_id: uuid.UUID) -> Played | None:
    """One rehearsal; what was asked for just now is waited for a moment."""
    while True:
        async with house.sessions() as session:
            row = await find_rehearsal(session, rehearsal_id)
            title = await _find_title(session, row)
        if row is None:
            return None
        played = Played(row, title)
        if played.ended or house.now() - row.asked_at > PATIENCE:
            return played
        await asyncio.sleep(_LOOK_EVERY)


async def _find_title(session: AsyncSession, row: RehearsalRow | None) -> str:
    if row is None or row.release_id is None:
        return ""
    return (await session.get_one(ReleaseRow, row.release_id)).title
