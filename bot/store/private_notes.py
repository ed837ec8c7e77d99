"""What navigators note for each other about a talk. The person is never sent it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.desk_news import tell_desk
from bot.store.sealed import seal, unseal
from bot.store.tables import PrivateNoteRow, StaffRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class PrivateNote:
    """One note. ``by`` is empty when the account is gone."""

    id: uuid.UUID
    by: str
    untrusted_words: str
    written_at: datetime


async def save_private_note(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, staff_id: uuid.UUID,
    untrusted_words: str, now: datetime, *, note_id: uuid.UUID,
) -> None:  # fmt: skip
    """Add a note. ``note_id`` is the one of the form it is from: a form that comes twice is one."""
    values = {
        "id": note_id,
        "person_id": person_id,
        "staff_id": staff_id,
        "words": seal(key, PrivateNoteRow, "words", note_id, untrusted_words),
        "written_at": now,
    }
    await session.execute(insert(PrivateNoteRow).values(values).on_conflict_do_nothing())
    await tell_desk(session, person_id)


async def find_private_notes(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> list[PrivateNote]:
    """Every note about this talk, the oldest first."""
    found = (
        select(PrivateNoteRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == PrivateNoteRow.staff_id)
        .where(PrivateNoteRow.person_id == person_id)
        .order_by(PrivateNoteRow.written_at, PrivateNoteRow.id)
    )
    return [_open(key, row, name) for row, name in await session.execute(found)]


def _open(key: PersonKey, row: PrivateNoteRow, name: str | None) -> PrivateNote:
    words = unseal(key, PrivateNoteRow, "words", row.id, row.words)
    return PrivateNote(row.id, name or "", words, row.written_at)
