"""A provider sees a name or a code, the slot and the needs, with consent, and is on record."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from bot.care.consent import ConsentKind
from bot.store.accesses import Access, find_accesses
from bot.store.booking_details import BookingDetails, ProviderView, Transport
from bot.store.bookings import cancel_booking, disclose_booking, find_bookings
from bot.store.consents import revoke_consent
from bot.store.errors import NoConsent
from tests.appointments.desk import NOW, SERVICE, Desk, Person, open_desk, slot

RIDE = Transport("corner of Oak and 3rd", NOW, voucher=True)
NEEDS = BookingDetails("Ana", child_care=True, interpreter=True, language="vi", transport=RIDE)

Look = Callable[[datetime], Awaitable[ProviderView | None]]


def at_desk(
    url: str, act: Callable[[Desk, Person, Look], Awaitable[None]], **slot_is: bool
) -> None:
    """Act where a person has booked a slot with every need there is."""

    async def run() -> None:
        async with open_desk(url) as desk:
            await desk.offer([slot(**slot_is)])
            ana = await desk.meet()
            booked = await desk.book(ana, slot(**slot_is), NEEDS)

            async def look(now: datetime = NOW) -> ProviderView | None:
                async with desk.sessions.begin() as session:
                    return await disclose_booking(session, ana.key, ana.id, booked.id, now)

            await act(desk, ana, look)

    asyncio.run(run())


def test_nothing_is_shown_without_a_consent_that_names_the_agency(database_url: str) -> None:
    async def act(desk: Desk, ana: Person, look: Look) -> None:
        with pytest.raises(NoConsent):
            await look(NOW)
        await desk.agree(ana, "another-agency")
        with pytest.raises(NoConsent):
            await look(NOW)
        await desk.agree(ana)
        assert await look(NOW)
        with pytest.raises(NoConsent):
            await look(NOW + timedelta(days=8))
        async with desk.sessions.begin() as session:
            await revoke_consent(session, ana.id, ConsentKind.SHARE_AGENCY, NOW, SERVICE)
        with pytest.raises(NoConsent):
            await look(NOW)

    at_desk(database_url, act)


def test_the_view_holds_the_name_the_slot_and_the_needs(database_url: str) -> None:
    async def act(desk: Desk, ana: Person, look: Look) -> None:
        await desk.agree(ana)
        assert await look(NOW) == ProviderView(slot(), "Ana", True, True, "vi", None)

    at_desk(database_url, act)
    names = {field.name for field in fields(ProviderView)}
    assert names == {"slot", "name", "child_care", "interpreter", "language", "transport"}


def test_only_who_drives_learns_where_to_pick_a_person_up(database_url: str) -> None:
    async def act(desk: Desk, ana: Person, look: Look) -> None:
        await desk.agree(ana)
        view = await look(NOW)
        assert view and view.transport == Transport(RIDE.pick_up, RIDE.at, voucher=False)

    at_desk(database_url, act, transport=True)


def test_the_person_can_ask_who_saw_it(database_url: str) -> None:
    async def act(desk: Desk, ana: Person, look: Look) -> None:
        await desk.agree(ana)
        await look(NOW)
        async with desk.sessions() as session:
            seen = await find_accesses(session, ana.key, ana.id)
        assert seen == [Access(SERVICE, "appointment", NOW)]

    at_desk(database_url, act)


def test_what_is_cancelled_is_shown_to_nobody(database_url: str) -> None:
    async def act(desk: Desk, ana: Person, look: Look) -> None:
        await desk.agree(ana)
        assert await look(NOW)
        async with desk.sessions.begin() as session:
            (booked,) = await find_bookings(session, ana.key, ana.id, NOW)
            await cancel_booking(session, ana.id, booked.id, NOW)
        assert await look(NOW) is None

    at_desk(database_url, act)
