"""Messages left for the team outlast the talk, for as long as the person lets the team see them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.handoffs import Choice
from bot.store.consents import find_consent
from bot.store.tables import ConversationRow, HandoffRow


async def is_left(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> bool:
    """Whether a message of this person lies here that the team may still read."""
    row = await session.get(HandoffRow, person_id)
    if row is None or row.how != Choice.MESSAGE.value:
        return False
    return is_valid(await find_consent(session, person_id, ConsentKind.SHARE), now)


async def find_over(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """People of whom a message lies here alone, without a talk, that nobody may read any more."""
    alone = ~exists().where(ConversationRow.person_id == HandoffRow.person_id)
    found = select(HandoffRow.person_id).where(
        HandoffRow.how == Choice.MESSAGE.value, HandoffRow.claimed_by.is_(None), alone
    )
    left = list(await session.scalars(found))
    return [person_id for person_id in left if not await is_left(session, person_id, now)]
