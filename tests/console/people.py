"""People who wait, for tests of the console."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import Choice
from bot.store.claims import claim_handoff
from bot.store.consents import save_consent
from bot.store.conversations import start_conversation
from bot.store.handoffs import Call, save_choice, save_handoff
from bot.store.people import save_person
from bot.store.said import Speaker, save_said
from bot.store.sealed import open_person
from bot.vault.vault import PersonKey
from tests.console.conftest import Browser, Office

_NUMBERS = (f"+1503555{number:04}" for number in itertools.count(100))


@dataclass(frozen=True)
class Person:
    """Somebody who texted."""

    id: uuid.UUID
    key: PersonKey
    way: str


def meet(
    office: Office, *, reason: str = "human", words: str = "", note: list[str] | None = None,
    language: str = "en", waited: timedelta = timedelta(minutes=3),
) -> Person:  # fmt: skip
    """Somebody who wishes to talk, with a note if they let one stand."""

    async def call(session: AsyncSession) -> Person:
        row = await save_person(session, office.vault, "sms", next(_NUMBERS))
        key, now = open_person(office.vault, row), datetime.now(UTC)
        await start_conversation(session, row.id, language, now + timedelta(hours=2))
        handoff = await save_handoff(
            session, key, row.id, Call(reason, language, words), now - waited
        )
        if note is not None:
            consent = decide_grant(ConsentKind.SHARE, now)
            await save_consent(session, row.id, consent)
        await save_choice(session, key, handoff, Choice.NOW, note)
        return Person(row.id, key, f"/people/{row.id}")

    return office.do(call)


def hold(office: Office, browser: Browser, person: Person) -> None:
    """``browser`` takes the conversation."""

    async def claim(session: AsyncSession) -> None:
        assert await claim_handoff(session, person.id, browser.staff_id, datetime.now(UTC))

    office.do(claim)


def write(office: Office, person: Person, text: str) -> None:
    """The person writes to whoever holds the conversation."""

    async def write(session: AsyncSession) -> None:
        await save_said(session, person.key, person.id, Speaker("person"), text, datetime.now(UTC))

    office.do(write)
