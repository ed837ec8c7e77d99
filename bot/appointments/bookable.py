"""Which services can be booked here at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.slots import LEAD
from bot.store.tables import ServiceRow, SlotRow


@dataclass(frozen=True)
class Bookable:
    """A service with openings. ``needs`` are those of the directory."""

    service_id: str
    name: str
    needs: tuple[str, ...]


async def find_bookable(session: AsyncSession, now: datetime) -> list[Bookable]:
    """Services with an opening ahead, the one with the soonest first."""
    soonest = func.min(SlotRow.starts_at)
    found = (
        select(ServiceRow.id, ServiceRow.name, ServiceRow.needs)
        .join(SlotRow, SlotRow.service_id == ServiceRow.id)
        .where(SlotRow.gone_at.is_(None), SlotRow.starts_at > now + LEAD)
        .group_by(ServiceRow.id)
        .order_by(soonest)
    )
    return [Bookable(one.id, one.name, tuple(one.needs)) for one in await session.execute(found)]
