"""Releases of the conversation: started, changed, proposed, and agreed to or refused.

A release belongs to everybody who may change the conversation. Any change makes it a draft
again and takes away what members said of it, for they said it of something else.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.approval import Opinion, decide_state
from bot.flows.changes import Change, digest_value
from bot.flows.places import Place
from bot.store.tables import (
    ReleaseChangeRow,
    ReleaseOpinionRow,
    ReleaseRow,
    StaffRow,
)

#: Releases that the list shows.
SHOWN = 100
#: What a later change of a place puts into the row of the earlier one.
_REPLACED = ("before", "after", "changed_by", "changed_at")
_OPEN = ("draft", "proposed", "approved")


class ChangedMeanwhile(Exception):
    """Somebody else changed the same place of the same release after the author looked.

    ``change`` is what stands there now.
    """

    def __init__(self, change: Change) -> None:
        super().__init__(self.__doc__)
        self.change = change


@dataclass(frozen=True)
class SavedChange:
    """A change with who made it; ``by`` is empty when the account is gone."""

    change: Change
    staff_id: uuid.UUID | None
    by: str
    changed_at: datetime
    #: Titles of other open releases that change the same place.
    others: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """A release as people look at it."""

    row: ReleaseRow
    made_by: str
    changes: tuple[SavedChange, ...]
    opinions: tuple[Opinion, ...]

    @property
    def authors(self) -> frozenset[uuid.UUID]:
        """Everybody who changed something in it, or took something out of it."""
        return frozenset(self.row.worked_on_by)


async def start_release(
    session: AsyncSession, title: str, why: str, staff_id: uuid.UUID, now: datetime
) -> uuid.UUID:
    """A new draft without any change."""
    row = ReleaseRow(id=uuid.uuid4(), title=title, why=why, made_by=staff_id, made_at=now)
    session.add(row)
    await session.flush()
    return row.id


async def find_releases(session: AsyncSession) -> list[tuple[ReleaseRow, str]]:
    """The newest first, each with the name of whoever began it."""
    found = await session.execute(
        select(ReleaseRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == ReleaseRow.made_by)
        .order_by(ReleaseRow.made_at.desc(), ReleaseRow.id)
        .limit(SHOWN)
    )
    return [(row, name or "") for row, name in found]


async def find_open_releases(session: AsyncSession) -> Sequence[ReleaseRow]:
    """Those that changes can still go into, the newest first."""
    rows = select(ReleaseRow).where(ReleaseRow.state.in_(_OPEN))
    return (await session.scalars(rows.order_by(ReleaseRow.made_at.desc()))).all()


async def find_release(session: AsyncSession, release_id: uuid.UUID) -> Release | None:
    """One release with everything that belongs to it."""
    row = await session.get(ReleaseRow, release_id)
    if row is None:
        return None
    name = await session.scalar(select(StaffRow.name).where(StaffRow.id == row.made_by))
    changes = await _find_changes(session, release_id)
    opinions = await _find_opinions(session, release_id)
    return Release(row, name or "", changes, opinions)


async def claim_release(session: AsyncSession, release_id: uuid.UUID) -> Release | None:
    """The same for one that is still open, and nobody else changes it before the transaction
    ends.
    """
    mine = select(ReleaseRow.state).where(ReleaseRow.id == release_id).with_for_update()
    if await session.scalar(mine) not in _OPEN:
        return None
    return await find_release(session, release_id)


async def find_change(session: AsyncSession, release_id: uuid.UUID, place: Place) -> Change | None:
    """What this release has for that place."""
    row = await session.get(ReleaseChangeRow, (release_id, str(place)))
    return None if row is None else Change(place, row.before, row.after)


async def save_change(
    session: AsyncSession, release: Release, change: Change, seen: str, staff_id: uuid.UUID,
    now: datetime,
) -> None:  # fmt: skip
    """Put a change into a claimed release. ``before`` is what the files say now, and ``seen``
    the digest of what the author saw at the place.

    A change that puts back what stands in the files goes. Raises :class:`ChangedMeanwhile`.
    """
    there = await find_change(session, release.row.id, change.place)
    now_there = change.before if there is None else there.after
    if change.after == now_there:
        return
    if digest_value(now_there) != seen:
        raise ChangedMeanwhile(Change(change.place, change.before, now_there))
    if change.after == change.before:
        await drop_change(session, release, change.place, staff_id)
        return
    values = {
        "release_id": release.row.id, "place": str(change.place),
        "before": change.before, "after": change.after, "changed_by": staff_id, "changed_at": now,
    }  # fmt: skip
    saved = insert(ReleaseChangeRow).values(values)
    await session.execute(
        saved.on_conflict_do_update(
            index_elements=["release_id", "place"],
            set_={name: saved.excluded[name] for name in _REPLACED},
        )
    )
    await begin_anew(session, release, staff_id)


async def drop_change(
    session: AsyncSession, release: Release, place: Place, staff_id: uuid.UUID
) -> None:
    """Take a change out of a claimed release."""
    rows = delete(ReleaseChangeRow).where(ReleaseChangeRow.release_id == release.row.id)
    await session.execute(rows.where(ReleaseChangeRow.place == str(place)))
    await begin_anew(session, release, staff_id)


async def save_opinion(
    session: AsyncSession, release: Release, staff_id: uuid.UUID, agrees: bool, why: str,
    now: datetime,
) -> None:  # fmt: skip
    """What a member thinks of a claimed release that is proposed; the last word counts."""
    values = {
        "release_id": release.row.id, "staff_id": staff_id, "agrees": agrees, "why": why,
        "said_at": now,
    }  # fmt: skip
    saved = insert(ReleaseOpinionRow).values(values)
    await session.execute(
        saved.on_conflict_do_update(
            index_elements=["release_id", "staff_id"],
            set_={key: saved.excluded[key] for key in ("agrees", "why", "said_at")},
        )
    )
    opinions = await _find_opinions(session, release.row.id)
    release.row.state = decide_state(release.authors, opinions)


async def begin_anew(session: AsyncSession, release: Release, staff_id: uuid.UUID) -> None:
    """A claimed release is a draft again: what members said, they said of something else.

    Whoever made it so has had a hand in it, and cannot be the second one who agrees.
    """
    release.row.worked_on_by = sorted({*release.row.worked_on_by, staff_id})
    opinions = delete(ReleaseOpinionRow)
    await session.execute(opinions.where(ReleaseOpinionRow.release_id == release.row.id))
    release.row.state = "draft"
    release.row.findings, release.row.checked_at = None, None


async def _find_changes(session: AsyncSession, release_id: uuid.UUID) -> tuple[SavedChange, ...]:
    others = await _find_others(session, release_id)
    found = await session.execute(
        select(ReleaseChangeRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == ReleaseChangeRow.changed_by)
        .where(ReleaseChangeRow.release_id == release_id)
        .order_by(ReleaseChangeRow.place)
    )
    return tuple(
        SavedChange(
            Change(Place.parse(row.place), row.before, row.after),
            row.changed_by,
            name or "",
            row.changed_at,
            tuple(others.get(row.place, ())),
        )
        for row, name in found
    )


async def _find_others(session: AsyncSession, release_id: uuid.UUID) -> dict[str, list[str]]:
    """Titles of the other open releases, by each place that they change."""
    found: dict[str, list[str]] = {}
    rows = await session.execute(
        select(ReleaseChangeRow.place, ReleaseRow.title)
        .join(ReleaseRow, ReleaseRow.id == ReleaseChangeRow.release_id)
        .where(ReleaseRow.state.in_(_OPEN), ReleaseRow.id != release_id)
        .order_by(ReleaseRow.made_at)
    )
    for place, title in rows:
        found.setdefault(place, []).append(title)
    return found


async def _find_opinions(session: AsyncSession, release_id: uuid.UUID) -> tuple[Opinion, ...]:
    found = await session.execute(
        select(ReleaseOpinionRow, StaffRow.name, StaffRow.role)
        .join(StaffRow, StaffRow.id == ReleaseOpinionRow.staff_id)
        .where(ReleaseOpinionRow.release_id == release_id)
        .order_by(ReleaseOpinionRow.said_at)
    )
    return tuple(
        Opinion(row.staff_id, name, role, row.agrees, row.why, row.said_at)
        for row, name, role in found
    )
