"""The bot takes the thread up again, and the person is told so."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.store.closed_handoffs import close_handoff
from bot.store.outbox import save_replies
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply


async def save_return(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, sentence: str, now: datetime,
    *, ending: Ending = Ending.RETURNED,
) -> None:  # fmt: skip
    """End the handoff, erase what was said in it, and send ``sentence``, which says what is now.

    Claim the person first, as everywhere, so that the reply comes in its place.
    """
    await close_handoff(session, person_id, ending, now)
    await save_replies(session, key, person_id, [Reply(sentence)])
