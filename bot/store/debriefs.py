"""Wishes of navigators to talk about what they heard. What it was about is not written down."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import DebriefRow, StaffRow


@dataclass(frozen=True)
class Debrief:
    """A wish that nobody has met yet."""

    id: uuid.UUID
    staff_id: uuid.UUID
    name: str
    asked_at: datetime


async def save_debrief(session: AsyncSession, staff_id: uuid.UUID, now: datetime) -> bool:
    """Ask for a debrief; ``False`` when one is asked for already, which keeps its time."""
    held = select(StaffRow.id).where(StaffRow.id == staff_id).with_for_update()
    await session.execute(held)  # two clicks at once come one after the other
    if await find_own_debrief(session, staff_id):
        return False
    session.add(DebriefRow(id=uuid.uuid4(), staff_id=staff_id, asked_at=now))
    await session.flush()
    return True


async def find_own_debrief(session: AsyncSession, staff_id: uuid.UUID) -> DebriefRow | None:
    """The open wish of one navigator."""
    mine = DebriefRow.staff_id == staff_id
    found = select(DebriefRow).where(mine, DebriefRow.held_at.is_(None)).limit(1)
    return (await session.scalars(found)).one_or_none()


async def find_debriefs(session: AsyncSession) -> list[Debrief]:
    """Every open wish, the oldest first."""
    found = (
        select(DebriefRow.id, DebriefRow.staff_id, StaffRow.name, DebriefRow.asked_at)
        .join(StaffRow, StaffRow.id == DebriefRow.staff_id)
        .where(DebriefRow.held_at.is_(None))
        .order_by(DebriefRow.asked_at, DebriefRow.id)
    )
    return [Debrief(*row) for row in await session.execute(found)]


async def hold_debrief(
    session: AsyncSession, debrief_id: uuid.UUID, held_by: uuid.UUID, now: datetime
) -> uuid.UUID | None:
    """The talk took place: whose it was, or ``None`` when it is not open or one's own."""
    held = await session.execute(
        update(DebriefRow)
        .where(DebriefRow.id == debrief_id, DebriefRow.held_at.is_(None))
        .where(DebriefRow.staff_id != held_by)
        .values(held_by=held_by, held_at=now)
        .returning(DebriefRow.staff_id)
    )
    return held.scalar_one_or_none()
