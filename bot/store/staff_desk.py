"""Who is at the desk: people of the team who can take a conversation now."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import StaffRow

#: Whoever came to the desk longer ago than this went home without saying so.
LONGEST_SHIFT = timedelta(hours=12)


async def find_at_desk(session: AsyncSession, language: str, now: datetime) -> list[StaffRow]:
    """Everybody at the desk who speaks ``language`` and does not rest, the longest there first."""
    here = select(StaffRow).where(*_is_here(now), StaffRow.languages.contains([language]))
    return list(await session.scalars(here.order_by(StaffRow.at_desk_since)))


async def save_at_desk(session: AsyncSession, staff_id: uuid.UUID, now: datetime) -> None:
    """They are at the desk from now on, and rest no more; to come twice starts the shift anew."""
    here = {"at_desk_since": now, "resting_until": None}
    await session.execute(update(StaffRow).where(StaffRow.id == staff_id).values(here))


async def save_away(session: AsyncSession, staff_id: uuid.UUID) -> None:
    """They have left the desk; what they hold stays with them until it is given back."""
    away = {"at_desk_since": None, "resting_until": None}
    await session.execute(update(StaffRow).where(StaffRow.id == staff_id).values(away))


async def save_rest(session: AsyncSession, staff_id: uuid.UUID, until: datetime) -> None:
    """They rest until then, and keep their place at the desk."""
    await session.execute(
        update(StaffRow).where(StaffRow.id == staff_id).values(resting_until=until)
    )


def _is_here(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        StaffRow.at_desk_since > now - LONGEST_SHIFT,
        StaffRow.disabled_at.is_(None),
        or_(StaffRow.resting_until.is_(None), StaffRow.resting_until <= now),
    )
