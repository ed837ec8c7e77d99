"""People who wait for a person now, and of whom the house has to think."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store.tables import HandoffRow


async def find_unplaced(session: AsyncSession, before: datetime) -> list[uuid.UUID]:
    """Who has waited since ``before`` and was not told yet where they stand, the longest first."""
    return await _find(session, HandoffRow.placed_at.is_(None), HandoffRow.called_at < before)


async def find_waiting_in(session: AsyncSession, languages: Collection[str]) -> list[uuid.UUID]:
    """Who waits to talk in one of ``languages``, the longest first."""
    return await _find(session, HandoffRow.language.in_(languages))


async def _find(session: AsyncSession, *which: ColumnElement[bool]) -> list[uuid.UUID]:
    """Practice is left out: nobody waits there."""
    waits = select(HandoffRow.person_id).where(
        HandoffRow.claimed_by.is_(None),
        HandoffRow.practice.is_(None),
        HandoffRow.how == Choice.NOW.value,
        *which,
    )
    return list(await session.scalars(waits.order_by(HandoffRow.called_at)))
