"""Calls for a human."""

from __future__ import annotations

import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import HandoffRow


async def save_handoff(session: AsyncSession, person_id: uuid.UUID, reason: str) -> None:
    """Call a navigator; calling twice for one reason is one call."""
    await session.execute(
        insert(HandoffRow).values(person_id=person_id, reason=reason).on_conflict_do_nothing()
    )
