"""Bookings: a slot is held, then booked, then moved or given back, and never sold twice.

Everything happens in the caller's transaction, which is the turn's. The partial unique index of
the table decides a race: whoever comes second waits for the first, and loses if the first stays.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.tasks import RIDE_VOUCHER
from bot.store.accesses import save_access
from bot.store.booking_details import BookingDetails as BookingDetails
from bot.store.booking_details import (
    ProviderView,
    render_details,
    render_view,
    shift_transport,
)
from bot.store.booking_rows import Booking as Booking
from bot.store.booking_rows import (
    claim_booking,
    find_live,
    find_one,
    of_person,
    open_details,
    to_booking,
    with_slots,
)
from bot.store.consents import require_consent
from bot.store.jobs import save_publication
from bot.store.sealed import seal
from bot.store.slots import KEEP_PAST, is_taken, open_slot
from bot.store.tables import BookingRow, SlotRow
from bot.store.tables.booking import BOOKED, CANCELLED, HELD
from bot.store.tasks import save_house_task
from bot.vault.vault import PersonKey

#: How long a slot waits for a person's yes.
HOLD = timedelta(minutes=10)
#: Why navigators are called when somebody needs a voucher for a ride.


async def hold_slot(
    session: AsyncSession,
    person_id: uuid.UUID,
    slot_id: uuid.UUID,
    turn_id: uuid.UUID,
    now: datetime,
) -> Booking | None:
    """Keep a slot for ten minutes; ``None`` when it is taken, gone, or has begun.

    The same turn again finds the same booking. A person's own hold of the slot is renewed; a
    hold of another slot ends, so that nobody can hold them all.
    """
    if again := await find_live(session, person_id, turn_id, now):
        return again
    if not await _is_open(session, slot_id, now):
        return None
    await _forget_holds_in_the_way(session, person_id, slot_id, now)
    await session.execute(
        insert(BookingRow)
        .values(
            id=uuid.uuid4(),
            slot_id=slot_id,
            person_id=person_id,
            turn_id=turn_id,
            state=HELD,
            held_until=now + HOLD,
            created_at=now,
            changed_at=now,
        )
        .on_conflict_do_nothing()
    )
    return await _renew(session, person_id, slot_id, now)


async def confirm_booking(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    booking_id: uuid.UUID,
    details: BookingDetails,
    now: datetime,
) -> Booking | None:
    """Book what is held; ``None`` when the hold is over or the provider took the slot back.

    For what is booked already the details are put in the place of the old ones. The provider's
    calendar and, for a voucher, the navigators hear of it.
    """
    claimed = await claim_booking(session, person_id, booking_id)
    if claimed is None or not _may_confirm(*claimed, now):
        return None
    row, slot = claimed
    row.details = seal(key, BookingRow, "details", row.id, render_details(details))
    row.state, row.held_until, row.changed_at = BOOKED, None, now
    await session.flush()
    await save_publication(session, row.id)
    if details.transport and details.transport.voucher:
        await save_house_task(session, person_id, RIDE_VOUCHER, now)
    return to_booking(row, slot, details)


async def cancel_booking(
    session: AsyncSession, person_id: uuid.UUID, booking_id: uuid.UUID, now: datetime
) -> bool:
    """Give a slot back. ``False`` when the person has no such booking."""
    claimed = await claim_booking(session, person_id, booking_id)
    if claimed is None:
        return False
    await _cancel(session, claimed[0], now)
    return True


async def move_booking(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    booking_id: uuid.UUID,
    new_slot_id: uuid.UUID,
    turn_id: uuid.UUID,
    now: datetime,
) -> Booking | None:
    """Book another slot with the same details; the old one is given back only if that worked.

    ``None``: the new slot is taken, or there is no such booking; the old one stands as it was.
    """
    done = await find_live(session, person_id, turn_id, now)
    if done and done.state == BOOKED:
        return done
    claimed = await claim_booking(session, person_id, booking_id)
    if claimed is None or claimed[0].state != BOOKED or claimed[1].id == new_slot_id:
        return None
    old, old_slot = claimed
    held = await hold_slot(session, person_id, new_slot_id, turn_id, now)
    if held is None:
        return None
    later = held.slot.starts_at - old_slot.starts_at
    details = shift_transport(open_details(key, old), later)
    booked = await confirm_booking(session, key, person_id, held.id, details, now)
    await _cancel(session, old, now)
    return booked


async def find_bookings(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, now: datetime
) -> list[Booking]:
    """What a person has booked and what is not over, the next one first."""
    upcoming = with_slots().where(
        BookingRow.person_id == person_id, BookingRow.state == BOOKED, SlotRow.ends_at > now
    )
    rows = await session.execute(upcoming.order_by(SlotRow.starts_at, BookingRow.id))
    return [to_booking(row, slot, open_details(key, row)) for row, slot in rows]


async def find_booking(session: AsyncSession, booking_id: uuid.UUID) -> BookingRow | None:
    """A booking by its id, as it stands."""
    return await session.get(BookingRow, booking_id, populate_existing=True)


async def disclose_booking(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    booking_id: uuid.UUID,
    now: datetime,
) -> ProviderView | None:
    """What the provider may see; ``None`` when nothing is booked. The person can ask who saw it.

    The only way out of a booking's details. Raises ``bot.store.errors.NoConsent`` without a
    consent that names the slot's service.
    """
    found = await find_one(session, of_person(person_id, booking_id))
    if found is None or found[0].state != BOOKED:
        return None
    row, slot = found
    agency = slot.service_id
    await require_consent(session, person_id, ConsentKind.SHARE_AGENCY, now, agency=agency)
    await save_access(session, key, person_id, agency, "appointment", now)
    return render_view(open_slot(slot), open_details(key, row))


async def cancel_bookings_of(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> None:
    """Give back everything a person holds or has booked, and take it off the calendars.

    What is over and not deleted yet comes off too, so that no name is left behind.
    """
    rows = with_slots().where(BookingRow.person_id == person_id)
    held = await session.execute(
        rows.order_by(BookingRow.id).with_for_update(of=BookingRow),
        execution_options={"populate_existing": True},
    )
    for row, _ in held:
        await _cancel(session, row, now)


async def forget_expired_holds(session: AsyncSession, now: datetime) -> None:
    """Delete holds that nobody said yes to."""
    expired = (BookingRow.state == HELD, BookingRow.held_until <= now)
    await session.execute(delete(BookingRow).where(*expired))


async def forget_past_bookings(session: AsyncSession, now: datetime) -> None:
    """Delete bookings a day after their slots are over."""
    over = select(SlotRow.id).where(SlotRow.ends_at < now - KEEP_PAST)
    await session.execute(delete(BookingRow).where(BookingRow.slot_id.in_(over)))


async def _is_open(session: AsyncSession, slot_id: uuid.UUID, now: datetime) -> bool:
    still = (SlotRow.gone_at.is_(None), SlotRow.starts_at > now)
    return bool(await session.scalar(select(exists().where(SlotRow.id == slot_id, *still))))


async def _forget_holds_in_the_way(
    session: AsyncSession, person_id: uuid.UUID, slot_id: uuid.UUID, now: datetime
) -> None:
    """Expired holds of this slot, and the person's own holds of others.

    They are locked in one order first, so that two people's expired holds cannot lock each
    other out.
    """
    here = BookingRow.slot_id == slot_id
    expired = here & (BookingRow.held_until <= now)
    own = ~here & (BookingRow.person_id == person_id)
    ids = select(BookingRow.id).where(BookingRow.state == HELD, or_(expired, own))
    locked = (await session.scalars(ids.order_by(BookingRow.id).with_for_update())).all()
    if locked:
        await session.execute(delete(BookingRow).where(BookingRow.id.in_(locked)))


async def _renew(
    session: AsyncSession, person_id: uuid.UUID, slot_id: uuid.UUID, now: datetime
) -> Booking | None:
    """The person's own live booking of a slot, held from now on if it is a hold."""
    rows = with_slots().where(BookingRow.person_id == person_id, BookingRow.slot_id == slot_id)
    found = await find_one(session, rows.where(is_taken(now)))
    if found and found[0].state == HELD:
        found[0].held_until = now + HOLD
        await session.flush()
    return to_booking(*found) if found else None


async def _cancel(session: AsyncSession, row: BookingRow, now: datetime) -> None:
    """Nothing of a hold was ever published."""
    if row.state == BOOKED:
        await save_publication(session, row.id)
    if row.state != CANCELLED:
        row.state, row.held_until, row.changed_at = CANCELLED, None, now
    row.details = None
    await session.flush()


def _may_confirm(row: BookingRow, slot: SlotRow, now: datetime) -> bool:
    if row.held_until is None:
        return row.state == BOOKED
    return row.held_until > now and slot.gone_at is None
