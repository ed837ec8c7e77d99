"""What people tell the team in their own words."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.store.accesses import save_access
from bot.store.consents import require_consent
from bot.store.sealed import seal, unseal
from bot.store.tables import FeedbackRow
from bot.vault.vault import PersonKey


async def save_feedback(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, words: str, now: datetime
) -> None:
    """Keep words for the team, sealed under the person's key."""
    feedback_id = uuid.uuid4()
    sealed = seal(key, FeedbackRow, "words", feedback_id, words)
    session.add(FeedbackRow(id=feedback_id, person_id=person_id, words=sealed, told_at=now))
    await session.flush()


async def disclose_feedback(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, who: str, now: datetime
) -> list[str]:
    """A person's words for a member of the team, oldest first.

    Raises ``bot.store.errors.NoConsent`` without the consent to evaluation.
    """
    await require_consent(session, person_id, ConsentKind.EVALUATION, now)
    await save_access(session, key, person_id, who, "feedback", now)
    rows = select(FeedbackRow).where(FeedbackRow.person_id == person_id)
    return [
        unseal(key, FeedbackRow, "words", row.id, row.words)
        for row in await session.scalars(rows.order_by(FeedbackRow.told_at))
    ]
