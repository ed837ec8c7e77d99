"""Practice: simulated survivors on the real screens. Nothing of it ever leaves the house.

A simulated survivor is a person of the channel ``practice``, which no sender serves. What they
say goes straight among the lines of the talk, never into the outbox.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import HUMAN, Choice, Ending
from bot.care.persona_scripts import parse_persona
from bot.care.personas import Persona, Scene, Written, play, render_feedback
from bot.store.closed_handoffs import close_handoff
from bot.store.consents import save_consent
from bot.store.conversations import (
    find_conversation,
    keep_snapshot,
    open_snapshot,
    start_conversation,
)
from bot.store.handoffs import Call, save_choice, save_handoff
from bot.store.people import forget_person, save_person
from bot.store.said import Said, Speaker, find_said, save_said
from bot.store.sealed import open_person
from bot.store.tables import HandoffRow, PersonRow
from bot.store.tables.said import HOUSE, PERSON, STAFF
from bot.vault.vault import PersonKey, Vault

CHANNEL = "practice"
#: A practice that nobody ends is over after this.
LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class Practice:
    """A practice that goes on: the script, and where it stands."""

    persona: Persona
    scene: Scene


async def start_practice(
    session: AsyncSession, vault: Vault, persona: Persona, staff_id: uuid.UUID, now: datetime
) -> uuid.UUID:
    """Put a simulated survivor into the line, meant for ``staff_id``. Returns the person's id."""
    person = await save_person(session, vault, CHANNEL, secrets.token_hex(16))
    key = open_person(vault, person)
    await save_consent(session, person.id, decide_grant(ConsentKind.SHARE, now))
    conversation = await start_conversation(session, person.id, persona.language, now + LASTS)
    # No engine ever speaks to this person, so the place of its snapshot holds the script.
    keep_snapshot(key, conversation, {"persona": persona.name, "script": persona.script})
    row = await save_handoff(session, key, person.id, Call(HUMAN, persona.language), now)
    row.practice, row.meant_for, row.topics = persona.name, staff_id, list(persona.topics)
    await save_choice(session, key, row, Choice.NOW, persona.note)
    for line in persona.opening:
        await save_said(session, key, person.id, Speaker(PERSON), line, now)
    return person.id


async def send_practice(
    session: AsyncSession, key: PersonKey, row: HandoffRow, staff_id: uuid.UUID,
    untrusted_text: str, now: datetime, *, line_id: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Say something to a simulated survivor, who answers at once; nothing goes to a vendor.

    ``line_id`` is that of the form, as in ``bot.store.said.save_said``.
    """
    assert row.practice is not None
    said_before = await find_practice(session, key, row)
    speaker = Speaker(STAFF, staff_id)
    await save_said(session, key, row.person_id, speaker, untrusted_text, now, line_id=line_id)
    row.active_at, row.unanswered_since = now, None
    if said_before is not None and not said_before.scene.ended:
        await answer_as_persona(session, key, row, now)


async def answer_as_persona(
    session: AsyncSession, key: PersonKey, row: HandoffRow, now: datetime
) -> None:
    """What the persona says to all that was written, and at the end what the trainee may learn."""
    practice = await find_practice(session, key, row)
    assert practice is not None
    for line in practice.scene.lines:
        await save_said(session, key, row.person_id, Speaker(PERSON), line, now)
    row.unanswered_since = None if practice.scene.ended else now
    if practice.scene.ended:
        for line in render_feedback(practice.persona, practice.scene):
            await save_said(session, key, row.person_id, Speaker(HOUSE), line, now)
    await session.flush()


async def find_practice(session: AsyncSession, key: PersonKey, row: HandoffRow) -> Practice | None:
    """The script and where it stands, from what was said; ``None`` when it is no practice."""
    conversation = await find_conversation(session, row.person_id)
    if row.practice is None or conversation is None:
        return None
    kept = open_snapshot(key, conversation) or {}
    persona = parse_persona(row.practice, kept["script"])
    lines = await find_said(session, key, row.person_id)
    return Practice(persona, play(persona, list(_find_written(lines, row.claimed_at))))


async def find_practices(session: AsyncSession, staff_id: uuid.UUID) -> list[HandoffRow]:
    """The practices of one trainee, the oldest first."""
    mine = or_(HandoffRow.meant_for == staff_id, HandoffRow.claimed_by == staff_id)
    found = select(HandoffRow).where(HandoffRow.practice.is_not(None), mine)
    return list(await session.scalars(found.order_by(HandoffRow.called_at)))


async def end_practice(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> bool:
    """Remove a simulated survivor and all that was said; ``False`` for anybody real."""
    person = await session.get(PersonRow, person_id)
    if person is None or person.channel != CHANNEL:
        return False
    await close_handoff(session, person_id, Ending.RETURNED, now)
    return await forget_person(session, person_id)


async def forget_old_practice(session: AsyncSession, now: datetime) -> None:
    """Remove simulated survivors whose handoff has ended, or began too long ago."""
    over = or_(HandoffRow.person_id.is_(None), HandoffRow.called_at <= now - LASTS)
    found = (
        select(PersonRow.id)
        .outerjoin(HandoffRow, HandoffRow.person_id == PersonRow.id)
        .where(PersonRow.channel == CHANNEL, over)
    )
    for person_id in (await session.scalars(found)).all():
        await end_practice(session, person_id, now)


def _find_written(lines: Sequence[Said], claimed_at: datetime | None) -> Iterator[Written]:
    """The trainee's lines; nobody waits before they were claimed, or while it is their own turn."""
    since: datetime | None = None
    for line in lines:
        if line.who == PERSON:
            since = max(line.said_at, claimed_at or line.said_at)
        elif line.who == STAFF:
            waited = line.said_at - since if since else timedelta()
            yield Written(line.untrusted_words, waited)
            since = None
