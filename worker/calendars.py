"""The calendar jobs: what providers offer comes in, what people booked goes out."""

from __future__ import annotations

import asyncio
import os
import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.appointments.calendars import CALDAV, Calendar, load_calendars
from bot.appointments.errors import CalendarAway, CalendarUnreadable
from bot.appointments.openings import parse_openings
from bot.appointments.publication import render_booking
from bot.errors import SettingError
from bot.store import people
from bot.store.booking_details import ProviderView
from bot.store.bookings import disclose_booking, find_booking
from bot.store.errors import NoConsent
from bot.store.sealed import open_person
from bot.store.slots import Slot, find_slot, save_slots, withdraw_calendars
from bot.store.tables import BookingRow, ServiceRow
from bot.store.tables.booking import BOOKED
from worker.calendar_door import CalendarDoor
from worker.house import House

log = structlog.get_logger()


async def sync_calendars(house: House, door: CalendarDoor | None = None) -> None:
    """Read every calendar of the site. One that fails keeps what it offered before."""
    door = door or CalendarDoor(os.environ)
    calendars = load_calendars(house.site)
    for calendar in calendars:
        try:
            await _sync(house, door, calendar)
        except (CalendarAway, CalendarUnreadable, SettingError, OSError, UnicodeError) as error:
            status = getattr(error, "status", None)
            log.warning(
                "calendar_failed", calendar=calendar.name, error=type(error).__name__, status=status
            )
    async with house.sessions.begin() as session:
        await withdraw_calendars(session, [calendar.name for calendar in calendars], house.now())


async def publish_booking(
    house: House, booking_id: uuid.UUID, door: CalendarDoor | None = None
) -> None:
    """Make the provider's calendar say what the database says. Raises ``CalendarAway``.

    The transaction is open while the event is written, so that whoever sees a person's name is on
    record if, and only if, it was written.
    """
    door = door or CalendarDoor(os.environ)
    writable = {one.name: one for one in load_calendars(house.site) if one.kind == CALDAV}
    if not writable:
        return
    async with house.sessions.begin() as session:
        booking = await find_booking(session, booking_id)
        slot = await find_slot(session, booking.slot_id) if booking else None
        if booking and slot and booking.state == BOOKED:
            if calendar := writable.get(slot.source):
                await _write(house, door, session, calendar, booking, slot)
            return
    # Of a booking whose person is forgotten nobody knows any more where it was written.
    for calendar in writable.values():
        if slot is None or slot.source == calendar.name:
            await door.remove_event(calendar, booking_id)


async def _sync(house: House, door: CalendarDoor, calendar: Calendar) -> None:
    now = house.now()
    untrusted_feeds = await door.read_feeds(calendar, now)
    slots = await asyncio.to_thread(parse_openings, untrusted_feeds, calendar, now)
    async with house.sessions.begin() as session:
        await save_slots(session, calendar.name, slots, now)
        if await session.get(ServiceRow, calendar.service_id) is None:
            log.warning("calendar_of_unknown_service", calendar=calendar.name)


async def _write(
    house: House,
    door: CalendarDoor,
    session: AsyncSession,
    calendar: Calendar,
    booking: BookingRow,
    slot: Slot,
) -> None:
    view = await _disclose(house, session, booking)
    event = render_booking(booking.id, slot, view, calendar.timezone, house.now())
    await door.put_event(calendar, booking.id, event)


async def _disclose(
    house: House, session: AsyncSession, booking: BookingRow
) -> ProviderView | None:
    """What the provider may see; ``None`` when that is only that the slot is taken."""
    person = await people.get_person(session, booking.person_id)
    if person is None:
        return None
    key = open_person(house.vault, person)
    try:
        return await disclose_booking(session, key, person.id, booking.id, house.now())
    except NoConsent:
        log.info("booking_without_name", channel="caldav")
        return None
