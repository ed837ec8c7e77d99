"""Bookings as they lie in the table: found with their slots, as the database has them now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.booking_details import BookingDetails, parse_details
from bot.store.sealed import unseal
from bot.store.slots import Slot, is_taken, open_slot
from bot.store.tables import BookingRow, SlotRow
from bot.vault.vault import PersonKey

Rows = Select[BookingRow, SlotRow]


@dataclass(frozen=True)
class Booking:
    """A slot that a person holds, has booked or gave back. ``details`` are there once booked."""

    id: uuid.UUID
    slot: Slot
    state: str
    held_until: datetime | None
    details: BookingDetails | None = None


async def find_one(session: AsyncSession, rows: Rows) -> tuple[BookingRow, SlotRow] | None:
    """As the database has it now, whatever the session saw before."""
    found = await session.execute(rows, execution_options={"populate_existing": True})
    return found.one_or_none()


async def claim_booking(
    session: AsyncSession, person_id: uuid.UUID, booking_id: uuid.UUID
) -> tuple[BookingRow, SlotRow] | None:
    """A booking of the person, held until the transaction ends."""
    return await find_one(session, of_person(person_id, booking_id).with_for_update(of=BookingRow))


async def find_live(
    session: AsyncSession, person_id: uuid.UUID, turn_id: uuid.UUID, now: datetime
) -> Booking | None:
    """What a turn of the person made, if it still stands."""
    rows = with_slots().where(BookingRow.person_id == person_id, BookingRow.turn_id == turn_id)
    found = await find_one(session, rows.where(is_taken(now)))
    return to_booking(*found) if found else None


def with_slots() -> Rows:
    """Every booking with its slot."""
    return select(BookingRow, SlotRow).join(SlotRow, SlotRow.id == BookingRow.slot_id)


def of_person(person_id: uuid.UUID, booking_id: uuid.UUID) -> Rows:
    """One booking, if it is the person's."""
    return with_slots().where(BookingRow.person_id == person_id, BookingRow.id == booking_id)


def open_details(key: PersonKey, row: BookingRow) -> BookingDetails:
    """The details of what is booked. Raises ``bot.vault.errors.Unreadable``."""
    assert row.details is not None
    return parse_details(unseal(key, BookingRow, "details", row.id, row.details))


def to_booking(row: BookingRow, slot: SlotRow, details: BookingDetails | None = None) -> Booking:
    """The booking of a row and its slot's."""
    return Booking(row.id, open_slot(slot), row.state, row.held_until, details)
