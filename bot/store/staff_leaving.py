"""When somebody's account is closed, nobody they talked with is left alone."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.desk_news import DESK_NEWS
from bot.store.practice import end_practice, find_practices
from bot.store.tables import HandoffRow

_A_MINUTE = timedelta(minutes=1)


async def leave_people(
    session: AsyncSession, staff_id: uuid.UUID, silent_after: timedelta, now: datetime
) -> None:
    """Their conversations go back into the line, and their practices end.

    They count as unanswered for longer than ``silent_after``, so that within a minute the desk
    gives them back as it does with any silence, and tells the people who may be told.
    """
    for row in await find_practices(session, staff_id):
        await end_practice(session, row.person_id, now)
    silent = now - silent_after - _A_MINUTE
    waiting = func.least(func.coalesce(HandoffRow.unanswered_since, silent), silent)
    rows = update(HandoffRow)
    mine = rows.where(HandoffRow.claimed_by == staff_id)
    await session.execute(mine.values(unanswered_since=waiting))
    await session.execute(rows.where(HandoffRow.joined_by == staff_id).values(joined_by=None))
    await session.execute(rows.where(HandoffRow.meant_for == staff_id).values(meant_for=None))
    await session.execute(func.pg_notify(DESK_NEWS, "").select())
