"""Where talks get stuck: counted without the people, and shown only where there are many."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import StepCountRow

MISUNDERSTOOD, LEFT = "misunderstood", "left"
#: Counts from 1 to 10 could tell of one person, and are shown to nobody.
FEWEST = 11
#: Older counts say little about the conversation as it is now.
COUNTS_FOR = timedelta(days=90)
KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Stuck:
    """One open question. ``None`` is a count too small to be shown."""

    step: str
    misunderstood: int | None
    left: int | None


async def count_step(session: AsyncSession, step: str, what: str, now: datetime) -> None:
    """Somebody was not understood at this question, or left the talk there."""
    session.add(StepCountRow(id=uuid.uuid4(), step=step, what=what, month=_month(now)))
    await session.flush()


async def find_stuck(session: AsyncSession, now: datetime) -> Sequence[Stuck]:
    """The questions at which many get stuck, the most first."""
    counted = (
        select(StepCountRow.step, StepCountRow.what, func.count())
        .where(StepCountRow.month >= _month(now - COUNTS_FOR))
        .group_by(StepCountRow.step, StepCountRow.what)
        .having(func.count() >= FEWEST)
    )
    found: dict[str, dict[str, int]] = {}
    for step, what, count in await session.execute(counted):
        found.setdefault(step, {})[what] = count
    stuck = [Stuck(step, one.get(MISUNDERSTOOD), one.get(LEFT)) for step, one in found.items()]
    return sorted(stuck, key=lambda one: (-(one.misunderstood or 0) - (one.left or 0), one.step))


async def forget_old_counts(session: AsyncSession, now: datetime) -> None:
    """Counts of more than a year ago."""
    rows = delete(StepCountRow)
    await session.execute(rows.where(StepCountRow.month < _month(now - KEPT_FOR)))


def _month(moment: datetime) -> date:
    return moment.date().replace(day=1)
