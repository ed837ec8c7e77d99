"""A booking as an event in the provider's own calendar."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, tzinfo

from icalendar import Calendar, Event

from bot.store.booking_details import ProviderView
from bot.store.slots import Slot

#: What tells events of ours from those of the provider; the part before it is the booking's id.
_OWN = "@booking"
#: What a provider reads who may not be told for whom a slot is kept, or not any more.
_NAMELESS = "Booked"


def is_own(uid: str) -> bool:
    """Whether an event was written by :func:`render_booking`."""
    return uid.endswith(_OWN)


def render_booking(
    booking_id: uuid.UUID, slot: Slot, view: ProviderView | None, zone: tzinfo, now: datetime
) -> str:
    """The event for a booking; without ``view`` it says that the slot is taken, and no more."""
    event = Event()
    event.add("UID", f"{booking_id}{_OWN}")
    event.add("DTSTAMP", now)
    event.add("DTSTART", slot.starts_at)
    event.add("DTEND", slot.ends_at)
    event.add("SUMMARY", view.name if view else _NAMELESS)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE")
    if view and (needs := list(_needs(view, zone))):
        event.add("DESCRIPTION", "\n".join(needs))
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//booking//EN")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _needs(view: ProviderView, zone: tzinfo) -> Iterator[str]:
    if view.child_care:
        yield "Child care"
    if view.interpreter or view.language:
        yield f"{'Interpreter' if view.interpreter else 'Language'}: {view.language or 'yes'}"
    if ride := view.transport:
        at = f", {ride.at.astimezone(zone):%H:%M}" if ride.at else ""
        yield f"Pick up: {ride.pick_up}{at}"
