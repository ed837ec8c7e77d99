"""The queue: who waits, and who takes whom. One person at a time holds a handoff, for sure."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store.desk_news import tell_desk
from bot.store.errors import CaseloadFull
from bot.store.sealed import seal, unseal
from bot.store.tables import HandoffRow, PersonRow, SaidRow, StaffRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Waiting:
    """Somebody in the line. Nothing here is what they said."""

    person_id: uuid.UUID
    reasons: tuple[str, ...]
    topics: tuple[str, ...]
    danger: bool
    how: str
    language: str
    team: str
    channel: str
    practice: bool
    has_note: bool
    meant_for: uuid.UUID | None
    called_at: datetime


async def find_queue(session: AsyncSession) -> list[Waiting]:
    """Everybody who waits: danger first, then those who have waited longest."""
    found = (
        select(HandoffRow, PersonRow.channel)
        .join(PersonRow, PersonRow.id == HandoffRow.person_id)
        .where(HandoffRow.claimed_by.is_(None))
        .order_by(*_URGENT_FIRST)
    )
    return [_waiting(row, channel) for row, channel in await session.execute(found)]


async def find_held(session: AsyncSession, staff_id: uuid.UUID) -> list[HandoffRow]:
    """The handoffs that ``staff_id`` holds or has joined, the oldest first."""
    mine = or_(HandoffRow.claimed_by == staff_id, HandoffRow.joined_by == staff_id)
    return list(
        await session.scalars(select(HandoffRow).where(mine).order_by(HandoffRow.called_at))
    )


async def claim_handoff(
    session: AsyncSession, person_id: uuid.UUID, staff_id: uuid.UUID, now: datetime
) -> HandoffRow | None:
    """Take one person. ``None`` when somebody else was first or nobody waits there.

    Whoever wished to talk waits for an answer from now on. Raises :class:`CaseloadFull`.
    """
    return await _claim(session, HandoffRow.person_id == person_id, staff_id, now)


async def claim_next(
    session: AsyncSession, staff_id: uuid.UUID, now: datetime, but: Collection[uuid.UUID] = ()
) -> HandoffRow | None:
    """Take whoever is most urgent, in a language of the navigator's own if anybody is, and none of
    ``but``.

    Raises :class:`CaseloadFull`.
    """
    staff = await session.get(StaffRow, staff_id)
    spoken = HandoffRow.language.in_(staff.languages if staff else [])
    for narrowed in (spoken, HandoffRow.practice.is_(None)):
        nobodys = HandoffRow.practice.is_(None) & HandoffRow.claimed_by.is_(None) & narrowed
        first = (
            select(HandoffRow.person_id)
            .where(nobodys, _meant_for(staff_id), HandoffRow.person_id.not_in(but))
            .order_by(*_URGENT_FIRST)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        person_id = await session.scalar(first)
        if person_id is not None:
            return await claim_handoff(session, person_id, staff_id, now)
    return None


async def give_back(session: AsyncSession, row: HandoffRow) -> None:
    """Back into the line, at the place it had."""
    row.claimed_by = row.claimed_at = row.active_at = row.joined_by = None
    await session.flush()
    await tell_desk(session, row.person_id)


async def transfer_handoff(
    session: AsyncSession, key: PersonKey, row: HandoffRow, reason: str, *,
    to_staff: uuid.UUID | None = None, to_team: str = "",
) -> None:  # fmt: skip
    """Into the line again, meant for one person or one team, with a note on why."""
    row.meant_for, row.team = to_staff, to_team
    row.transfer = seal(key, HandoffRow, "transfer", row.person_id, reason)
    await give_back(session, row)


def open_transfer(key: PersonKey, row: HandoffRow) -> str:
    """Why it was transferred; empty when it was not."""
    if row.transfer is None:
        return ""
    return unseal(key, HandoffRow, "transfer", row.person_id, row.transfer)


async def join_handoff(session: AsyncSession, row: HandoffRow, staff_id: uuid.UUID) -> None:
    """A supervisor beside the claimer."""
    row.joined_by = staff_id
    await session.flush()
    await tell_desk(session, row.person_id)


async def take_over(
    session: AsyncSession, row: HandoffRow, staff_id: uuid.UUID, now: datetime
) -> None:
    """A supervisor in the claimer's place, whatever their own caseload is."""
    row.claimed_by, row.claimed_at, row.active_at, row.joined_by = staff_id, now, now, None
    row.unanswered_since = now if row.unanswered_since else None
    await session.flush()
    await tell_desk(session, row.person_id)


async def find_silent(session: AsyncSession, before: datetime) -> list[uuid.UUID]:
    """People whose message to a claimer has been unanswered since ``before``."""
    silent = select(HandoffRow.person_id).where(HandoffRow.unanswered_since < before)
    held = (HandoffRow.claimed_by.is_not(None), HandoffRow.practice.is_(None))
    return list(await session.scalars(silent.where(*held)))


async def find_forgotten(session: AsyncSession, before: datetime) -> list[uuid.UUID]:
    """People whose message was taken before ``before`` and that the claimer never answered."""
    answered = exists().where(
        SaidRow.person_id == HandoffRow.person_id, SaidRow.staff_id == HandoffRow.claimed_by
    )
    taken = select(HandoffRow.person_id).where(HandoffRow.claimed_at < before, ~answered)
    left = (HandoffRow.how == Choice.MESSAGE.value, HandoffRow.practice.is_(None))
    return list(await session.scalars(taken.where(*left)))


async def count_ahead(session: AsyncSession, row: HandoffRow) -> int:
    """How many people wait in front of this one."""
    earlier = HandoffRow.called_at < row.called_at
    more_urgent = HandoffRow.danger.is_(True)
    ahead = (more_urgent & earlier) if row.danger else or_(more_urgent, earlier)
    waiting = (HandoffRow.claimed_by.is_(None), HandoffRow.practice.is_(None))
    counted = select(func.count()).where(*waiting, ahead, HandoffRow.person_id != row.person_id)
    return await session.scalar(counted) or 0


async def _claim(
    session: AsyncSession, which: ColumnElement[bool], staff_id: uuid.UUID, now: datetime
) -> HandoffRow | None:
    await _require_room(session, staff_id)
    claimed = await session.scalars(
        update(HandoffRow)
        .where(which, HandoffRow.claimed_by.is_(None), _meant_for(staff_id))
        .values(
            claimed_by=staff_id,
            claimed_at=now,
            active_at=now,
            meant_for=None,
            unanswered_since=case((HandoffRow.how != Choice.MESSAGE.value, now)),
        )
        .returning(HandoffRow)
        .execution_options(populate_existing=True)
    )
    row = claimed.one_or_none()
    if row is not None:
        await tell_desk(session, row.person_id)
    return row


async def _require_room(session: AsyncSession, staff_id: uuid.UUID) -> None:
    """The staff row is held, so that two claims of one navigator count one after the other."""
    held = select(StaffRow).where(StaffRow.id == staff_id).with_for_update()
    staff = (await session.scalars(held)).one()
    mine = (HandoffRow.claimed_by == staff_id, HandoffRow.practice.is_(None))
    count = await session.scalar(select(func.count()).select_from(HandoffRow).where(*mine)) or 0
    if count >= staff.caseload:
        raise CaseloadFull(staff.caseload)


def _meant_for(staff_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(HandoffRow.meant_for.is_(None), HandoffRow.meant_for == staff_id)


def _waiting(row: HandoffRow, channel: str) -> Waiting:
    return Waiting(
        person_id=row.person_id,
        reasons=tuple(row.reasons),
        topics=tuple(row.topics),
        danger=row.danger,
        how=row.how,
        language=row.language,
        team=row.team,
        channel=channel,
        practice=row.practice is not None,
        has_note=row.note is not None,
        meant_for=row.meant_for,
        called_at=row.called_at,
    )


_URGENT_FIRST = (HandoffRow.danger.desc(), HandoffRow.called_at, HandoffRow.person_id)
