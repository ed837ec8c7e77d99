"""What a navigator's first page shows of the line and of what they hold. No content."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.store.tables import AuditRow, HandoffRow, PersonRow, SaidRow, StaffRow
from bot.store.tables.said import PERSON, STAFF

#: Entries of the audit log. A desk writes fewer of them in half an hour; all would take long.
_NEWEST = 2000


@dataclass(frozen=True)
class Mine:
    """A conversation that somebody holds, or stands beside.

    ``unanswered`` counts the lines of the person since the team last wrote; ``unanswered_since``
    is when the person began to wait for an answer, and ``None`` while they do not.
    """

    person_id: uuid.UUID
    reasons: tuple[str, ...]
    topics: tuple[str, ...]
    danger: bool
    how: str
    language: str
    channel: str
    practice: bool
    joined: bool
    claimed_at: datetime
    unanswered: int
    unanswered_since: datetime | None


async def find_mine(session: AsyncSession, staff_id: uuid.UUID) -> list[Mine]:
    """What ``staff_id`` holds or has joined: who waits longest for an answer comes first."""
    rows = await session.execute(_MINE, {"staff_id": staff_id})
    return [_mine(row, channel, lines, staff_id) for row, channel, lines in rows]


async def find_line_mark(session: AsyncSession) -> str:
    """Another one as soon as anybody in the line, or anything of them, is another."""
    return str(await session.scalar(_LINE_MARK))


async def find_passed(
    session: AsyncSession, staff_id: uuid.UUID, since: datetime
) -> set[uuid.UUID]:
    """Whom ``staff_id`` gave back or passed on since then, as the audit log tells."""
    newest = select(func.max(AuditRow.position)).scalar_subquery()
    passed = select(AuditRow.person_id).where(
        AuditRow.position > newest - _NEWEST,
        AuditRow.staff_id == staff_id,
        AuditRow.what.in_(("given_back", "transferred")),
        AuditRow.happened_at > since,
    )
    return {person_id for person_id in await session.scalars(passed) if person_id}


async def find_names(session: AsyncSession, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of these members."""
    named = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(set(ids)))
    return {row.id: row.name for row in await session.execute(named)}


def _mine(row: HandoffRow, channel: str, unanswered: int, staff_id: uuid.UUID) -> Mine:
    assert row.claimed_at is not None
    return Mine(
        person_id=row.person_id,
        reasons=tuple(row.reasons),
        topics=tuple(row.topics),
        danger=row.danger,
        how=row.how,
        language=row.language,
        channel=channel,
        practice=row.practice is not None,
        joined=row.claimed_by != staff_id,
        claimed_at=row.claimed_at,
        unanswered=unanswered,
        unanswered_since=row.unanswered_since,
    )


def _select_mine() -> Select[HandoffRow, str, int]:
    """Each with the lines of the person that came after the last one of the team."""
    answers, staff_id = aliased(SaidRow), bindparam("staff_id", type_=Uuid())
    last_answer = (
        select(func.coalesce(func.max(answers.position), -1))
        .where(answers.person_id == HandoffRow.person_id, answers.who == STAFF)
        .correlate(HandoffRow)
        .scalar_subquery()
    )
    unanswered = (
        select(func.count())
        .where(SaidRow.person_id == HandoffRow.person_id, SaidRow.who == PERSON)
        .where(SaidRow.position > last_answer)
        .correlate(HandoffRow)
        .scalar_subquery()
    )
    return (
        select(HandoffRow, PersonRow.channel, unanswered)
        .join(PersonRow, PersonRow.id == HandoffRow.person_id)
        .where(HandoffRow.claimed_by.is_not(None))
        .where(or_(HandoffRow.claimed_by == staff_id, HandoffRow.joined_by == staff_id))
        .order_by(HandoffRow.unanswered_since.nulls_last(), HandoffRow.claimed_at)
    )


def _select_line_mark() -> Select[str]:
    """Over the transactions that last changed each row: with another one it is another row."""
    version = func.concat(cast(HandoffRow.person_id, Text), literal_column("handoff.xmin::text"))
    versions = func.string_agg(version, aggregate_order_by(literal(""), HandoffRow.person_id))
    marked = select(func.md5(func.coalesce(versions, "")))
    return marked.where(HandoffRow.claimed_by.is_(None))


#: Asked at each news, for each open page: made once, they take half the time.
_MINE, _LINE_MARK = _select_mine(), _select_line_mark()
