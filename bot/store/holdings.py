"""How much lies here of a person, for the person who asks."""

from __future__ import annotations

import uuid

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Base, FeedbackRow, ReferralRow, ReminderRow


async def count_reminders(session: AsyncSession, person_id: uuid.UUID) -> int:
    """Reminders that are still to come."""
    waiting = (ReminderRow.person_id == person_id, ReminderRow.state == "waiting")
    return await _count(session, ReminderRow, *waiting)


async def count_feedback(session: AsyncSession, person_id: uuid.UUID) -> int:
    """Notes to the team."""
    return await _count(session, FeedbackRow, FeedbackRow.person_id == person_id)


async def count_referrals(session: AsyncSession, person_id: uuid.UUID) -> int:
    """Referrals, whatever became of them: each one lies here."""
    return await _count(session, ReferralRow, ReferralRow.person_id == person_id)


async def _count(session: AsyncSession, table: type[Base], *which: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(table).where(*which)
    return await session.scalar(counted) or 0
