"""A front desk for tests: people, slots and bookings in a real database."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.care.consent import ConsentKind, decide_grant
from bot.store import people
from bot.store.bookings import Booking, BookingDetails, confirm_booking, hold_slot
from bot.store.consents import save_consent
from bot.store.database import Sessions, connect, sessions
from bot.store.sealed import open_person
from bot.store.slots import Slot, save_slots
from bot.vault.keyring import Keyring
from bot.vault.vault import PersonKey, Vault

NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
SERVICE = "svc-15@loc-15"
DETAILS = BookingDetails("Ana")


def slot(number: int = 0, **more: object) -> Slot:
    """The ``number``-th slot of a calendar, each an hour after the one before."""
    starts_at = NOW + timedelta(days=1, hours=number)
    values = {
        "source": "clinic",
        "source_key": f"opening-{number}",
        "service_id": SERVICE,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        **more,
    }
    return Slot(**values)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Person:
    """Somebody who texts."""

    id: uuid.UUID
    key: PersonKey


@dataclass(frozen=True)
class Desk:
    """Every call is a transaction of its own."""

    sessions: Sessions
    vault: Vault

    async def meet(self, number: int = 0) -> Person:
        """A person who has never texted before."""
        async with self.sessions.begin() as session:
            row = await people.save_person(session, self.vault, "sms", f"+1503555{number:04}")
            return Person(row.id, open_person(self.vault, row))

    async def offer(self, slots: Sequence[Slot], source: str = "clinic") -> None:
        """What the calendar says from now on."""
        async with self.sessions.begin() as session:
            await save_slots(session, source, slots, NOW)

    async def hold(
        self,
        person: Person,
        wanted: Slot,
        now: datetime = NOW,
        turn_id: uuid.UUID | None = None,
    ) -> Booking | None:
        """One turn that holds a slot."""
        async with self.sessions.begin() as session:
            turn_id = turn_id or uuid.uuid4()
            return await hold_slot(session, person.id, wanted.id, turn_id, now)

    async def book(
        self, person: Person, wanted: Slot, details: BookingDetails = DETAILS
    ) -> Booking:
        """Hold a slot and say yes."""
        held = await self.hold(person, wanted)
        assert held is not None
        async with self.sessions.begin() as session:
            booked = await confirm_booking(session, person.key, person.id, held.id, details, NOW)
        assert booked is not None
        return booked

    async def agree(self, person: Person, agency: str = SERVICE) -> None:
        """Consent to pass on to one agency what was chosen."""
        async with self.sessions.begin() as session:
            consent = decide_grant(ConsentKind.SHARE_AGENCY, NOW, agency)
            await save_consent(session, person.id, consent)


@asynccontextmanager
async def open_desk(url: str, pool_size: int = 5) -> AsyncIterator[Desk]:
    """A desk on the database at ``url``."""
    engine = connect(url, pool_size=pool_size)
    yield Desk(sessions(engine), Vault(lambda: Keyring({1: b"m" * 32}, 1, b"l" * 32)))
    await engine.dispose()
