"""A provider's real CalDAV calendar: openings come in, bookings go out and come off again."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy import text

from bot.appointments.errors import CalendarAway
from bot.care.consent import ConsentKind
from bot.store import people
from bot.store.accesses import find_accesses
from bot.store.booking_details import BookingDetails, Transport
from bot.store.bookings import Booking, cancel_booking
from bot.store.consents import revoke_consent
from bot.store.jobs import PUBLISH
from bot.store.slots import Slot
from tests.appointments.conftest import MakeHouse
from tests.appointments.desk import NOW, SERVICE, Desk, Person
from tests.appointments.radicale import PASSWORD, USER, CalendarServer
from tests.appointments.test_openings import event, feed
from tests.appointments.test_sync import find_offered
from worker.calendar_door import CalendarDoor
from worker.calendars import publish_booking, sync_calendars
from worker.house import House
from worker.queue import build_queue
from worker.rehearsal.stage import Stage

CALENDARS = f"""
[[calendars]]
name = "clinic"
service = "{SERVICE}"
kind = "caldav"
url_env = "CLINIC_URL"
user_env = "CLINIC_USER"
password_env = "CLINIC_PASSWORD"
slot_minutes = 30
transport = true
"""
RIDE = Transport("corner of Oak and 3rd", NOW + timedelta(hours=20), voucher=True)
NEEDS = BookingDetails("K7", child_care=True, interpreter=True, language="vi", transport=RIDE)


class Clinic:
    """A clinic whose calendar is connected, and one person who texts."""

    def __init__(self, house: House, server: CalendarServer, person: Person) -> None:
        self.house, self.server, self.person = house, server, person
        self.desk = Desk(house.sessions, house.vault)
        address = {"CLINIC_URL": server.url, "CLINIC_USER": USER, "CLINIC_PASSWORD": PASSWORD}
        self.door = CalendarDoor(address)

    async def sync(self) -> list[Slot]:
        """The slots that are offered now."""
        await sync_calendars(self.house, self.door)
        return await find_offered(self.house)

    async def publish(self, booking_id: uuid.UUID) -> Event | None:
        """Run the job, and look at the provider's calendar."""
        await publish_booking(self.house, booking_id, self.door)
        written = self.server.read(booking_id)
        if written is None:
            return None
        (found,) = Calendar.from_ical(written).walk("VEVENT")
        assert isinstance(found, Event)
        return found


@asynccontextmanager
async def open_clinic(house: House, server: CalendarServer) -> AsyncIterator[Clinic]:
    """The clinic offers an hour in two slots, and has a meeting at another time."""
    opening = event(
        "DTSTAMP:20261101T000000Z", "DTSTART:20261127T170000Z", "DURATION:PT1H",
        "TRANSP:TRANSPARENT", "SUMMARY:Intake", uid="opening",
    )  # fmt: skip
    meeting = event(
        "DTSTAMP:20261101T000000Z", "DTSTART:20261128T170000Z", "DURATION:PT1H",
        "SUMMARY:Staff", uid="meeting",
    )  # fmt: skip
    server.enter("opening", feed(opening))
    server.enter("meeting", feed(meeting))
    person = await Desk(house.sessions, house.vault).meet()
    yield Clinic(house, server, person)
    await house.engine.close()
    await house.database.dispose()


async def _book(clinic: Clinic, details: BookingDetails = NEEDS) -> Booking:
    first, _ = await clinic.sync()
    return await clinic.desk.book(clinic.person, first, details)


def test_openings_come_from_a_real_server(make_house: MakeHouse, radicale: CalendarServer) -> None:
    async def read() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            times = [f"{one.starts_at:%d %H:%M}" for one in await clinic.sync()]
            assert times == ["27 17:00", "27 17:30"]
            radicale.call("DELETE", "opening.ics")
            assert await clinic.sync() == []

    asyncio.run(read())


def test_a_booking_is_an_event_with_the_chosen_name_and_the_needs(
    make_house: MakeHouse, radicale: CalendarServer
) -> None:
    async def book() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            await clinic.desk.agree(clinic.person)
            for _ in range(2):
                shown = await clinic.publish(booked.id)
                assert shown is not None and str(shown["SUMMARY"]) == "K7"
            needs = "Child care\nInterpreter: vi\nPick up: corner of Oak and 3rd, 06:00"
            assert str(shown["DESCRIPTION"]) == needs
            assert shown["CLASS"] == "PRIVATE" and shown.start == booked.slot.starts_at
            # The house's own event neither is an opening nor takes one away.
            assert [one.starts_at.minute for one in await clinic.sync()] == [30]
            assert await clinic.desk.hold(await clinic.desk.meet(2), booked.slot) is None

    asyncio.run(book())


def test_a_cancelled_booking_comes_off(make_house: MakeHouse, radicale: CalendarServer) -> None:
    async def cancel() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            assert await clinic.publish(booked.id)
            async with clinic.house.sessions.begin() as session:
                await cancel_booking(session, clinic.person.id, booked.id, NOW)
            for _ in range(2):
                assert await clinic.publish(booked.id) is None
            assert len(await clinic.sync()) == 2

    asyncio.run(cancel())


def test_a_forgotten_person_comes_off(make_house: MakeHouse, radicale: CalendarServer) -> None:
    async def forget() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            assert await clinic.publish(booked.id)
            async with clinic.house.sessions.begin() as session:
                await people.forget_person(session, clinic.person.id)
                # Once for the booking, and once to take it off again.
                jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'publish'"
                assert await session.scalar(text(jobs)) == 2
            assert await clinic.publish(booked.id) is None
            assert len(await clinic.sync()) == 2

    asyncio.run(forget())


def test_without_consent_the_provider_learns_only_that_the_slot_is_taken(
    make_house: MakeHouse, radicale: CalendarServer
) -> None:
    async def book() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            nameless = await clinic.publish(booked.id)
            await clinic.desk.agree(clinic.person)
            named = await clinic.publish(booked.id)
            async with clinic.house.sessions.begin() as session:
                kind = ConsentKind.SHARE_AGENCY
                await revoke_consent(session, clinic.person.id, kind, NOW, agency=SERVICE)
            again = await clinic.publish(booked.id)
            assert nameless and named and again
            assert [str(one["SUMMARY"]) for one in (nameless, named, again)] == [
                "Booked", "K7", "Booked",
            ]  # fmt: skip
            assert "DESCRIPTION" not in nameless and "DESCRIPTION" not in again
            async with clinic.house.sessions() as session:
                person = clinic.person
                seen = await find_accesses(session, person.key, person.id)
                assert [one.who for one in seen] == [SERVICE]

    asyncio.run(book())


def test_while_the_calendar_is_away_nobody_saw_anything(
    make_house: MakeHouse, radicale: CalendarServer
) -> None:
    async def book() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            await clinic.desk.agree(clinic.person)
            wrong = {"CLINIC_URL": radicale.url, "CLINIC_USER": USER, "CLINIC_PASSWORD": "wrong"}
            with pytest.raises(CalendarAway) as refused:
                await publish_booking(clinic.house, booked.id, CalendarDoor(wrong))
            assert refused.value.status == 401 and radicale.url not in str(refused.value)
            async with clinic.house.sessions() as session:
                person = clinic.person
                assert await find_accesses(session, person.key, person.id) == []

    asyncio.run(book())


def test_the_queue_carries_a_booking_to_the_calendar(
    make_house: MakeHouse, radicale: CalendarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def book() -> None:
        async with open_clinic(make_house(CALENDARS), radicale) as clinic:
            booked = await _book(clinic)
            await clinic.desk.agree(clinic.person)
            queue = build_queue(clinic.house, Stage(clinic.house.settings))
            async with queue.open_async():
                await queue.run_worker_async(
                    queues=[PUBLISH], wait=False, install_signal_handlers=False
                )
            assert "K7" in (radicale.read(booked.id) or "")

    monkeypatch.setenv("CLINIC_URL", radicale.url)
    monkeypatch.setenv("CLINIC_USER", USER)
    monkeypatch.setenv("CLINIC_PASSWORD", PASSWORD)
    asyncio.run(book())
