"""Calls for a human: one open handoff a person, whatever and however often they call."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.handoffs import Choice, find_topics, is_danger
from bot.store.accesses import save_access
from bot.store.consents import require_consent
from bot.store.desk_news import tell_desk
from bot.store.sealed import seal, unseal
from bot.store.tables import HandoffRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Call:
    """Why a person needs a person.

    ``untrusted_words`` are the message in which danger was seen, and empty for other reasons.
    """

    reason: str
    language: str
    untrusted_words: str = ""


async def save_handoff(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, call: Call, now: datetime
) -> HandoffRow:
    """Call a navigator; calling again adds the reason and keeps the place in the line."""
    row = await _open_handoff(session, person_id, call.language, now)
    if call.reason not in row.reasons:
        row.reasons = [*row.reasons, call.reason]
        row.topics = sorted({*row.topics, *find_topics([call.reason])})
    if is_danger(call.reason):
        row.danger = True
        if call.untrusted_words:
            words = call.untrusted_words
            row.last_words = seal(key, HandoffRow, "last_words", person_id, words)
    await session.flush()
    await tell_desk(session, person_id)
    return row


async def save_choice(
    session: AsyncSession, key: PersonKey, row: HandoffRow, how: Choice, note: Sequence[str] | None
) -> None:
    """How the person wants to be heard, and the lines of the note that they let stand."""
    row.how = how.value
    if note is not None:
        row.note = seal(key, HandoffRow, "note", row.person_id, json.dumps(list(note)))
    await session.flush()
    await tell_desk(session, row.person_id)


async def find_handoff(session: AsyncSession, person_id: uuid.UUID) -> HandoffRow | None:
    """The open handoff of a person, held until the transaction ends."""
    found = select(HandoffRow).where(HandoffRow.person_id == person_id).with_for_update()
    return (await session.scalars(found)).one_or_none()


async def disclose_note(
    session: AsyncSession, key: PersonKey, row: HandoffRow, who: str, now: datetime
) -> list[str]:
    """The note for the navigator ``who``; the person can ask who saw it.

    Raises ``bot.store.errors.NoConsent`` without the consent to share with the team.
    """
    await require_consent(session, row.person_id, ConsentKind.SHARE, now)
    await save_access(session, key, row.person_id, who, "note", now)
    return open_note(key, row)


def open_note(key: PersonKey, row: HandoffRow) -> list[str]:
    """The lines of the note, for the person themselves."""
    if row.note is None:
        return []
    lines: list[str] = json.loads(unseal(key, HandoffRow, "note", row.person_id, row.note))
    return lines


def open_last_words(key: PersonKey, row: HandoffRow) -> str:
    """The message in which danger was seen; empty when none was."""
    if row.last_words is None:
        return ""
    return unseal(key, HandoffRow, "last_words", row.person_id, row.last_words)


async def forget_note(session: AsyncSession, person_id: uuid.UUID) -> None:
    """The person took back their consent: the note is gone, the place in the line is not."""
    row = await find_handoff(session, person_id)
    if row is not None:
        row.note = None
        await session.flush()
        await tell_desk(session, person_id)


def add_topics(row: HandoffRow, topics: Iterable[str]) -> None:
    """What the note speaks of, for the content note before it is opened."""
    row.topics = sorted({*row.topics, *topics})


async def _open_handoff(
    session: AsyncSession, person_id: uuid.UUID, language: str, now: datetime
) -> HandoffRow:
    await session.execute(
        insert(HandoffRow)
        .values(person_id=person_id, reasons=[], danger=False, language=language, called_at=now)
        .on_conflict_do_nothing(index_elements=["person_id"])
    )
    row = await find_handoff(session, person_id)
    assert row is not None
    return row
