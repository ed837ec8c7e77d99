"""What each person at the desk carries: figures alone, without practice and without content."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.load import HEAVY_TOPICS, LONG, Closed
from bot.store.tables import ClosedHandoffRow, HandoffRow, StaffRow

_LASTED: ColumnElement[timedelta] = func.coalesce(
    ClosedHandoffRow.ended_at - ClosedHandoffRow.claimed_at, timedelta()
)
#: What ``bot.care.load.is_heavy`` says, for the database; a test holds the two together.
_HEAVY: ColumnElement[bool] = or_(
    ClosedHandoffRow.danger,
    ClosedHandoffRow.topics.overlap(sorted(HEAVY_TOPICS)),
    _LASTED > LONG,
)


@dataclass(frozen=True)
class Held:
    """An open conversation. ``unanswered_since``: the person waits for an answer since then."""

    person_id: uuid.UUID
    danger: bool
    language: str
    topics: tuple[str, ...]
    claimed_at: datetime
    unanswered_since: datetime | None


@dataclass(frozen=True)
class Past:
    """What one person at the desk brought to an end."""

    conversations: int = 0
    heavy: int = 0
    danger: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Load:
    """One person at the desk: what they hold now, and what lies behind them."""

    staff: StaffRow
    held: tuple[Held, ...]
    today: Past
    week: Past
    topics: Mapping[str, int]

    @property
    def unanswered(self) -> int:
        """How many people wait for an answer of theirs."""
        return sum(one.unanswered_since is not None for one in self.held)

    @property
    def longest(self) -> datetime | None:
        """Since when the longest of them has waited."""
        since = (one.unanswered_since for one in self.held if one.unanswered_since)
        return min(since, default=None)


async def find_loads(
    session: AsyncSession, roles: Collection[str], today: datetime, week: datetime
) -> list[Load]:
    """Everybody of these roles, by name, and whoever else holds or held a conversation.

    ``today`` and ``week`` are when the day and the week began.
    """
    held = await _find_held(session)
    past_today, past_week = await _find_past(session, today), await _find_past(session, week)
    topics = await _find_topics(session, week)
    return [
        Load(
            staff=staff,
            held=tuple(held.get(staff.id, ())),
            today=past_today.get(staff.id, Past()),
            week=past_week.get(staff.id, Past()),
            topics=topics.get(staff.id, {}),
        )
        for staff in await _find_staff(session, roles, {*held, *past_week})
    ]


async def find_closed(session: AsyncSession, staff_id: uuid.UUID, since: datetime) -> list[Closed]:
    """What one person brought to an end since then, oldest first."""
    found = (
        select(ClosedHandoffRow.danger, ClosedHandoffRow.topics, _LASTED)
        .where(ClosedHandoffRow.staff_id == staff_id, *_real(since))
        .order_by(ClosedHandoffRow.ended_at)
    )
    return [
        Closed(danger, tuple(topics), lasted)
        for danger, topics, lasted in await session.execute(found)
    ]


async def find_rest(session: AsyncSession, staff_id: uuid.UUID, now: datetime) -> datetime | None:
    """Until when they rest, and nothing new is offered to them; ``None`` while they do not."""
    resting = select(StaffRow.resting_until).where(
        StaffRow.id == staff_id, StaffRow.resting_until > now
    )
    return await session.scalar(resting)


async def _find_staff(
    session: AsyncSession, roles: Collection[str], busy: set[uuid.UUID]
) -> list[StaffRow]:
    desk = StaffRow.role.in_(roles) & StaffRow.disabled_at.is_(None)
    found = select(StaffRow).where(or_(desk, StaffRow.id.in_(busy)))
    return list(await session.scalars(found.order_by(StaffRow.name, StaffRow.id)))


async def _find_held(session: AsyncSession) -> dict[uuid.UUID, list[Held]]:
    held = defaultdict[uuid.UUID, list[Held]](list)
    found = select(HandoffRow).where(
        HandoffRow.claimed_by.is_not(None), HandoffRow.practice.is_(None)
    )
    for row in await session.scalars(found.order_by(HandoffRow.claimed_at)):
        if row.claimed_by and row.claimed_at:
            held[row.claimed_by].append(_held(row, row.claimed_at))
    return held


def _held(row: HandoffRow, claimed_at: datetime) -> Held:
    return Held(
        person_id=row.person_id,
        danger=row.danger,
        language=row.language,
        topics=tuple(row.topics),
        claimed_at=claimed_at,
        unanswered_since=row.unanswered_since,
    )


async def _find_past(session: AsyncSession, since: datetime) -> dict[uuid.UUID, Past]:
    seconds = func.extract("epoch", func.sum(_LASTED))
    found = (
        select(
            ClosedHandoffRow.staff_id,
            func.count(),
            func.count().filter(_HEAVY),
            func.count().filter(ClosedHandoffRow.danger),
            seconds / 60,
        )
        .where(ClosedHandoffRow.staff_id.is_not(None), *_real(since))
        .group_by(ClosedHandoffRow.staff_id)
    )
    return {
        staff_id: Past(conversations, heavy, danger, round(minutes))
        for staff_id, conversations, heavy, danger, minutes in await session.execute(found)
        if staff_id
    }


async def _find_topics(session: AsyncSession, since: datetime) -> dict[uuid.UUID, dict[str, int]]:
    """How often each topic came, the most frequent first."""
    each = (
        select(ClosedHandoffRow.staff_id, func.unnest(ClosedHandoffRow.topics).label("topic"))
        .where(ClosedHandoffRow.staff_id.is_not(None), *_real(since))
        .subquery()
    )
    times = func.count()
    counted = select(each.c.staff_id, each.c.topic, times).group_by(each.c.staff_id, each.c.topic)
    topics = defaultdict[uuid.UUID, dict[str, int]](dict)
    for staff_id, topic, count in await session.execute(
        counted.order_by(times.desc(), each.c.topic)
    ):
        topics[staff_id][topic] = count
    return topics


def _real(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (ClosedHandoffRow.practice.is_(False), ClosedHandoffRow.ended_at >= since)
