"""A desk to measure: members, people who wait or are held, and all that is over."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import Choice
from bot.settings import Settings
from bot.store.audit import save_audit
from bot.store.claims import claim_handoff
from bot.store.consents import save_consent
from bot.store.conversations import start_conversation
from bot.store.database import Sessions, connect, sessions
from bot.store.handoffs import Call, save_choice, save_handoff
from bot.store.people import save_person
from bot.store.said import Speaker, save_said
from bot.store.sealed import open_person
from bot.store.staff import Place, save_staff
from bot.store.staff_sessions import start_session
from bot.store.tables import ClosedHandoffRow
from bot.vault.keyring import open_keyring
from bot.vault.vault import Vault

MEMBERS, QUEUED, CLOSED = 50, 200, 10_000
#: Conversations of the member whose pages are measured, and lines in each.
HELD, LINES = 5, 40
_REASONS = ("human", "human", "human", "misunderstood", "danger", "suicide", "danger_captive")
_NOTE = ["You: I need a place to stay tonight", "Looks for: a shelter"]


@dataclass(frozen=True)
class Room:
    """What was filled. ``tokens`` are the sessions of the members; ``held`` are the first one's
    conversations, ``others`` are in the hands of the rest, ``waiting`` are in the line.
    """

    tokens: tuple[str, ...]
    held: tuple[uuid.UUID, ...]
    others: tuple[uuid.UUID, ...]
    waiting: tuple[uuid.UUID, ...]


async def fill(settings: Settings) -> Room:
    """Everybody and everything, by the store's own functions."""
    open_keyring(settings.home)
    vault = Vault(lambda: open_keyring(settings.home))
    engine = connect(settings.database_url.reveal())
    try:
        return await _fill(sessions(engine), vault, datetime.now(UTC))
    finally:
        await engine.dispose()


async def _fill(open_session: Sessions, vault: Vault, now: datetime) -> Room:
    async with open_session.begin() as session:
        members = [await _hire(session, number, now) for number in range(MEMBERS)]
        staff = [staff_id for staff_id, _ in members]
        await _close(session, staff, now)
    people = []
    for number in range(QUEUED + HELD + MEMBERS - 1):
        async with open_session.begin() as session:
            people.append(await _call(session, vault, number, now))
    held, others = people[:HELD], people[HELD : HELD + MEMBERS - 1]
    async with open_session.begin() as session:
        for person_id, staff_id in zip(held + others, staff[:1] * HELD + staff[1:], strict=True):
            assert await claim_handoff(session, person_id, staff_id, now)
    tokens = tuple(token for _, token in members)
    return Room(tokens, tuple(held), tuple(others), tuple(people[HELD + MEMBERS - 1 :]))


async def _hire(session: AsyncSession, number: int, now: datetime) -> tuple[uuid.UUID, str]:
    place = Place("navigator", languages=("en", "es"))
    row = await save_staff(session, f"n{number}@staff.example", f"Nora {number}", "", place)
    return row.id, await start_session(session, row.id, now, proven=True)


async def _call(session: AsyncSession, vault: Vault, number: int, now: datetime) -> uuid.UUID:
    """Somebody who has waited for up to two hours, and said something already."""
    person = await save_person(session, vault, "sms", f"+1503556{number:04}")
    key, called_at = open_person(vault, person), now - timedelta(minutes=number % 120)
    language, reason = ("en", "es")[number % 2], _REASONS[number % len(_REASONS)]
    await start_conversation(session, person.id, language, now + timedelta(days=3))
    await save_consent(session, person.id, decide_grant(ConsentKind.SHARE, now))
    call = Call(reason, language, "I need help now")
    row = await save_handoff(session, key, person.id, call, called_at)
    await save_choice(session, key, row, Choice.NOW, _NOTE)
    if number < HELD:
        for line in range(LINES):
            words = f"This is what somebody says, line {line}."
            await save_said(session, key, person.id, Speaker("person"), words, called_at)
    return person.id


async def _close(session: AsyncSession, staff: list[uuid.UUID], now: datetime) -> None:
    """What is over: the figures, and what the audit log has of it."""
    for number in range(CLOSED):
        staff_id, ended_at = staff[number % len(staff)], now - timedelta(minutes=10 * number)
        session.add(
            ClosedHandoffRow(
                id=uuid.uuid4(), reasons=["human"], topics=["violence"][: number % 2],
                danger=number % 5 == 0, how="now", language="en", channel="sms", team="",
                practice=False, staff_id=staff_id, called_at=ended_at - timedelta(hours=1),
                claimed_at=ended_at - timedelta(minutes=50), ended_at=ended_at,
                ending="returned", messages=20,
            )
        )  # fmt: skip
        if number % 1000 == 0:
            await session.flush()
    for number in range(CLOSED):
        await save_audit(session, staff[number % len(staff)], "claimed", now)
