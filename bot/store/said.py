"""What a person and a navigator say to each other, sealed, for as long as they talk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.desk_news import tell_desk
from bot.store.sealed import seal, unseal
from bot.store.tables import OutboxRow, SaidRow
from bot.store.tables.said import STAFF
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Said:
    """One line. ``who`` is ``person``, ``staff`` or ``house``.

    ``state`` is the delivery's (see ``bot.store.tables.outbox``), and ``None`` for what came in.
    ``held_until`` is when a reply is looked at again that the person's wishes keep back.
    """

    position: int
    who: str
    staff_id: uuid.UUID | None
    untrusted_words: str
    said_at: datetime
    state: str | None
    held_until: datetime | None = None


@dataclass(frozen=True)
class Speaker:
    """Who says a line, and the reply that carries it to the person."""

    who: str
    staff_id: uuid.UUID | None = None
    outbox_id: uuid.UUID | None = None


async def save_said(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, speaker: Speaker,
    untrusted_words: str, now: datetime, *, line_id: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Add a line, and wake the screens that show it. ``line_id`` is the one of the form it is from,
    so that :func:`open_said` knows a form that comes twice.
    """
    line_id = line_id or uuid.uuid4()
    session.add(
        SaidRow(
            id=line_id,
            person_id=person_id,
            who=speaker.who,
            staff_id=speaker.staff_id,
            words=seal(key, SaidRow, "words", line_id, untrusted_words),
            outbox_id=speaker.outbox_id,
            said_at=now,
        )
    )
    await session.flush()
    await tell_desk(session, person_id)


async def find_said(session: AsyncSession, key: PersonKey, person_id: uuid.UUID) -> list[Said]:
    """Every line of the talk, oldest first, with how far each reply has come."""
    found = (
        select(SaidRow, OutboxRow.state, OutboxRow.held_until)
        .outerjoin(OutboxRow, OutboxRow.id == SaidRow.outbox_id)
        .where(SaidRow.person_id == person_id)
        .order_by(SaidRow.position)
    )
    return [_open(key, *one) for one in await session.execute(found)]


async def open_said(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, line_id: uuid.UUID
) -> str | None:
    """The words of the line with this id; ``None`` when this person's talk has none."""
    row = await session.get(SaidRow, line_id)
    if row is None or row.person_id != person_id:
        return None
    return unseal(key, SaidRow, "words", line_id, row.words)


async def is_of_staff(session: AsyncSession, outbox_id: uuid.UUID) -> bool:
    """Whether a navigator wrote this reply."""
    of_staff = exists().where(SaidRow.outbox_id == outbox_id, SaidRow.who == STAFF)
    return bool(await session.scalar(select(of_staff)))


async def tell_of_reply(session: AsyncSession, outbox_id: uuid.UUID) -> None:
    """Wake the screens that show the line of this reply, if any does: it has come further."""
    line = select(SaidRow.person_id).where(SaidRow.outbox_id == outbox_id)
    if person_id := await session.scalar(line):
        await tell_desk(session, person_id)


async def forget_said(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Erase every line; the talk itself may go on."""
    await session.execute(delete(SaidRow).where(SaidRow.person_id == person_id))
    await tell_desk(session, person_id)


def _open(key: PersonKey, row: SaidRow, state: str | None, held_until: datetime | None) -> Said:
    words = unseal(key, SaidRow, "words", row.id, row.words)
    return Said(row.position, row.who, row.staff_id, words, row.said_at, state, held_until)
