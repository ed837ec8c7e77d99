"""What providers answered about their entries, until a member settles it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ProviderAnswerRow

#: Answers about one entry that a page shows.
SHOWN = 20


async def save_answer(
    session: AsyncSession, entry_id: str, *, is_right: bool, words: str, now: datetime
) -> uuid.UUID:
    """Note an answer. Returns its id."""
    row = ProviderAnswerRow(
        id=uuid.uuid4(), entry_id=entry_id, said_at=now, is_right=is_right, words=words
    )
    session.add(row)
    await session.flush()
    return row.id


async def find_answers(session: AsyncSession, entry_id: str) -> Sequence[ProviderAnswerRow]:
    """The answers about one entry, the newest first."""
    rows = select(ProviderAnswerRow).where(ProviderAnswerRow.entry_id == entry_id)
    return (
        await session.scalars(rows.order_by(ProviderAnswerRow.said_at.desc()).limit(SHOWN))
    ).all()


async def find_open_answers(session: AsyncSession, limit: int = 50) -> Sequence[ProviderAnswerRow]:
    """Answers that nobody has settled, the oldest first."""
    rows = select(ProviderAnswerRow).where(ProviderAnswerRow.settled_at.is_(None))
    return (await session.scalars(rows.order_by(ProviderAnswerRow.said_at).limit(limit))).all()


async def count_open_answers(session: AsyncSession) -> int:
    """How many answers wait."""
    waiting = select(func.count()).where(ProviderAnswerRow.settled_at.is_(None))
    return await session.scalar(waiting) or 0


async def claim_answer(session: AsyncSession, answer_id: uuid.UUID) -> ProviderAnswerRow | None:
    """An answer that is still to be settled, held until the transaction ends."""
    row = await session.get(ProviderAnswerRow, answer_id, with_for_update=True)
    return row if row is not None and row.settled_at is None else None


def settle_answer(row: ProviderAnswerRow, staff_id: uuid.UUID, now: datetime) -> None:
    """Somebody has dealt with it."""
    row.settled_by, row.settled_at = staff_id, now
