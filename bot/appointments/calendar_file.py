# Review: not yet reviewed by a qualified advocate.
"""A calendar file that a person asked for. Whoever sees it on the phone learns nothing."""

from __future__ import annotations

import uuid

from icalendar import Calendar, Event

from bot.store.slots import Slot

_BUSY = {"en": "Busy", "es": "Ocupado"}


def render_calendar_file(slot: Slot, language: str) -> str:
    """One private event: when, and "Busy". No place, no name, no text, no alarm, no sender.

    The id is a new one each time, so that it leads to no booking. A calendar must say which
    program made it (RFC 5545, 3.7.3); this one says so little that it could be any. The stamp is
    the event's own start, for the moment of asking is nobody's business either.
    """
    event = Event()
    event.add("UID", str(uuid.uuid4()))
    event.add("DTSTAMP", slot.starts_at)
    event.add("DTSTART", slot.starts_at)
    event.add("DTEND", slot.ends_at)
    event.add("SUMMARY", _BUSY.get(language, _BUSY["en"]))
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE")
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//calendar//EN")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")
