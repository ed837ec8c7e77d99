"""What a navigator has typed for a person and not sent yet: sealed, and gone when it is sent."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.outbox import wake_page
from bot.store.sealed import seal, unseal
from bot.store.tables import DraftRow
from bot.vault.vault import PersonKey


async def save_draft(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, staff_id: uuid.UUID,
    untrusted_words: str, now: datetime,
) -> None:  # fmt: skip
    """Keep the words in the place of older ones; an empty box keeps nothing.

    The person's page is woken, for it may show that somebody writes. It learns no more.
    """
    if not untrusted_words.strip():
        return await forget_draft(session, person_id, staff_id)
    sealed = seal(key, DraftRow, "words", _row_id(person_id, staff_id), untrusted_words)
    values = {"words": sealed, "changed_at": now}
    await session.execute(
        insert(DraftRow)
        .values(person_id=person_id, staff_id=staff_id, **values)
        .on_conflict_do_update(index_elements=["person_id", "staff_id"], set_=values)
    )
    await wake_page(session, person_id)


async def find_draft(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, staff_id: uuid.UUID
) -> str:
    """What this navigator was writing to this person; empty when nothing is kept."""
    row = await session.get(DraftRow, (person_id, staff_id), populate_existing=True)
    if row is None:
        return ""
    return unseal(key, DraftRow, "words", _row_id(person_id, staff_id), row.words)


async def forget_draft(session: AsyncSession, person_id: uuid.UUID, staff_id: uuid.UUID) -> None:
    """It was sent, or thrown away."""
    mine = (DraftRow.person_id == person_id, DraftRow.staff_id == staff_id)
    await session.execute(delete(DraftRow).where(*mine))


def _row_id(person_id: uuid.UUID, staff_id: uuid.UUID) -> str:
    return f"{person_id} {staff_id}"
