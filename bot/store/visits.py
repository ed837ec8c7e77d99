"""Appointments that are over: did it help?"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.slots import KEEP_PAST
from bot.store.tables import BookingRow, SlotRow
from bot.store.tables.booking import BOOKED


async def find_past_visit(
    session: AsyncSession, person_id: uuid.UUID, now: datetime
) -> tuple[uuid.UUID, str] | None:
    """The booking and the service of the last appointment that nobody spoke of since."""
    over = (
        select(BookingRow.id, SlotRow.service_id)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .where(BookingRow.person_id == person_id, BookingRow.state == BOOKED)
        .where(BookingRow.told_at.is_(None))
        .where(SlotRow.ends_at.between(now - KEEP_PAST, now))
        .order_by(SlotRow.ends_at.desc())
        .limit(1)
    )
    row = (await session.execute(over)).one_or_none()
    return (row.id, row.service_id) if row else None


async def finish_visit(
    session: AsyncSession, person_id: uuid.UUID, booking_id: uuid.UUID, now: datetime
) -> None:
    """The person has said how it went, or does not want to: it is not asked about again."""
    mine = (BookingRow.person_id == person_id, BookingRow.id == booking_id)
    await session.execute(update(BookingRow).where(*mine).values(told_at=now))
