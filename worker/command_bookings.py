"""Bookings by text: held, booked, moved, given back, seen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.care.consent import ConsentKind, decide_grant
from bot.store.booking_details import BookingDetails, Transport
from bot.store.bookings import (
    Booking,
    cancel_booking,
    confirm_booking,
    find_bookings,
    hold_slot,
    move_booking,
)
from bot.store.consents import save_consent
from bot.store.reminders import forget_reminders
from bot.store.tables import BookingRow, SlotRow
from bot.vault.links import CALENDAR_FILE, render_link
from worker.moment import Moment
from worker.told import Told, result


async def hold(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Hold a slot for this person, if nobody was faster."""
    slot_id = uuid.UUID(fields["slot"])
    held = await hold_slot(moment.session, moment.person.id, slot_id, moment.message.id, moment.now)
    return result("held", booking=str(held.id)) if held else result("taken")


async def book(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """The person said yes to telling this one provider a name: book, and write that down."""
    booking_id, name = uuid.UUID(fields["booking"]), str(fields["name"])
    agency = await _agency(moment, booking_id)
    booked = agency and await confirm_booking(
        moment.session, moment.key, moment.person.id, booking_id, BookingDetails(name), moment.now
    )
    if not agency or not booked:
        return result("taken")
    consent = decide_grant(ConsentKind.SHARE_AGENCY, moment.now, agency)
    until = max(consent.expires_at, booked.slot.ends_at)
    await save_consent(moment.session, moment.person.id, replace(consent, expires_at=until))
    return result("booked", name=name, starts_at=booked.slot.starts_at.isoformat())


async def move(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Another slot with the same details; the old one is kept when that fails."""
    moved = await move_booking(
        moment.session, moment.key, moment.person.id, uuid.UUID(fields["booking"]),
        uuid.UUID(fields["slot"]), moment.message.id, moment.now,
    )  # fmt: skip
    if moved is None:
        return result("taken")
    await forget_reminders(moment.session, moment.person.id, uuid.UUID(fields["booking"]))
    starts_at = moved.slot.starts_at.isoformat()
    return result("moved", booking=str(moved.id), starts_at=starts_at)


async def cancel(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Give a booking back, and its reminders with it."""
    done = await _cancel(moment, uuid.UUID(fields["id"]))
    return Told({"about": "cancelled", "result": "cancelled" if done else "gone"})


async def cancel_quietly(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Let go of a slot that was only held."""
    await _cancel(moment, uuid.UUID(fields["booking"]))
    return None


async def save_needs(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """What a visit needs beside its time goes with the booking."""
    answers = fields["answers"]
    found = await _find(moment, answers["booking"])
    if found is None or found.details is None:
        return None
    details = _with_needs(found.details, answers)
    await confirm_booking(
        moment.session, moment.key, moment.person.id, found.id, details, moment.now
    )
    if answers.get("voucher") == "yes":
        consent = decide_grant(ConsentKind.SHARE, moment.now)
        await save_consent(moment.session, moment.person.id, consent)
    return None


async def make_calendar_file(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """An address of one booking's file, good for a day."""
    found = await _find(moment, fields["id"])
    if found is None:
        return Told({"about": "calendar_file"})
    link = render_link(moment.house.vault, CALENDAR_FILE, str(found.slot.id), moment.now)
    return Told(
        {"about": "calendar_file", "address": f"{moment.house.settings.public_url}/c/{link}"}
    )


async def tell_bookings(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """What is booked and not over."""
    found = await find_bookings(moment.session, moment.key, moment.person.id, moment.now)
    names = await moment.service_names({one.slot.service_id for one in found})
    return Told({"about": fields["about"], "bookings": [_booking(one, names) for one in found]})


async def _cancel(moment: Moment, booking_id: uuid.UUID) -> bool:
    await forget_reminders(moment.session, moment.person.id, booking_id)
    return await cancel_booking(moment.session, moment.person.id, booking_id, moment.now)


async def _agency(moment: Moment, booking_id: uuid.UUID) -> str | None:
    """The service whose slot the booking holds."""
    row = await moment.session.get(BookingRow, booking_id)
    slot = await moment.session.get(SlotRow, row.slot_id) if row else None
    return slot.service_id if slot else None


async def _find(moment: Moment, booking_id: str) -> Booking | None:
    found = await find_bookings(moment.session, moment.key, moment.person.id, moment.now)
    return next((one for one in found if str(one.id) == booking_id), None)


def _with_needs(details: BookingDetails, answers: Mapping[str, str]) -> BookingDetails:
    ride = None
    if answers.get("ride") == "yes":
        ride = Transport(answers.get("pick_up", ""), voucher=answers.get("voucher") == "yes")
    return replace(
        details,
        child_care=answers.get("child_care") == "yes",
        interpreter=answers.get("interpreter") == "yes",
        language=answers.get("language"),
        transport=ride,
    )


def _booking(one: Booking, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": str(one.id),
        "service_id": one.slot.service_id,
        "service": names.get(one.slot.service_id, one.slot.service_id),
        "starts_at": one.slot.starts_at.isoformat(),
    }
