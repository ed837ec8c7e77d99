"""Hold, book, see, change, cancel; and once more, as a turn that is repeated does."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from datetime import timedelta

import psycopg

from bot.store import people
from bot.store.booking_details import BookingDetails, Transport
from bot.store.bookings import (
    HOLD,
    Booking,
    cancel_booking,
    confirm_booking,
    find_bookings,
    forget_expired_holds,
    forget_past_bookings,
    move_booking,
)
from bot.store.slots import KEEP_PAST, forget_past_slots
from tests.appointments.desk import DETAILS, NOW, Desk, Person, open_desk, slot

LATER = NOW + HOLD
RIDE = Transport("corner of Oak and 3rd", slot(0).starts_at - timedelta(minutes=40), voucher=True)
MANY_NEEDS = BookingDetails("K7", child_care=True, interpreter=True, language="vi", transport=RIDE)


async def _see(desk: Desk, person: Person) -> list[Booking]:
    async with desk.sessions() as session:
        return await find_bookings(session, person.key, person.id, NOW)


async def _cancel(desk: Desk, person: Person, booking: Booking) -> bool:
    async with desk.sessions.begin() as session:
        return await cancel_booking(session, person.id, booking.id, NOW)


def test_a_turn_that_is_repeated_books_once(database_url: str) -> None:
    async def repeat() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1)])
            ana, turn_id = await desk.meet(), uuid.uuid4()
            first = await desk.hold(ana, slot(0), turn_id=turn_id)
            assert first == await desk.hold(ana, slot(0), turn_id=turn_id)
            # Even if the list changed under the number that was chosen.
            assert first == await desk.hold(ana, slot(1), turn_id=turn_id)
            assert await desk.hold(await desk.meet(2), slot(0), turn_id=turn_id) is None

    asyncio.run(repeat())


def test_a_hold_ends_and_the_slot_is_free_again(database_url: str) -> None:
    async def wait() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot()])
            ana, bea = await desk.meet(1), await desk.meet(2)
            held = await desk.hold(ana, slot())
            assert held and held.held_until == LATER
            assert await desk.hold(bea, slot(), LATER - timedelta(seconds=1)) is None
            async with desk.sessions.begin() as session:
                late = await confirm_booking(session, ana.key, ana.id, held.id, DETAILS, LATER)
            assert late is None
            assert await desk.hold(bea, slot(), LATER)

    asyncio.run(wait())


def test_ones_own_hold_is_renewed_and_ends_when_another_slot_is_held(database_url: str) -> None:
    async def change_mind() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1)])
            ana, bea = await desk.meet(1), await desk.meet(2)
            first = await desk.hold(ana, slot(0))
            soon = NOW + timedelta(minutes=9)
            again = await desk.hold(ana, slot(0), soon)
            assert first and again == replace(first, held_until=soon + HOLD)
            assert await desk.hold(ana, slot(1), soon)
            assert await desk.hold(bea, slot(0), soon)

    asyncio.run(change_mind())


def test_what_is_booked_is_seen_with_its_details_and_sealed(
    database_url: str, plain_database_url: str
) -> None:
    async def book() -> list[Booking]:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(1), slot(0)])
            ana = await desk.meet()
            await desk.book(ana, slot(1))
            await desk.book(ana, slot(0), MANY_NEEDS)
            assert await _see(desk, await desk.meet(2)) == []
            return await _see(desk, ana)

    seen = asyncio.run(book())
    assert [(one.slot, one.details) for one in seen] == [(slot(0), MANY_NEEDS), (slot(1), DETAILS)]
    with psycopg.connect(plain_database_url) as connection:
        rows = str(connection.execute("SELECT * FROM booking").fetchall())
        assert "Ana" not in rows and "Oak" not in rows
        calls = connection.execute("SELECT kind FROM task").fetchall()
        assert calls == [("ride_voucher",)]
        jobs = connection.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'publish'"
        ).fetchall()
        assert {frozenset(args) for (args,) in jobs} == {frozenset({"booking_id"})}


def test_cancelling_frees_the_slot_and_may_be_repeated(database_url: str) -> None:
    async def cancel() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot()])
            ana, bea = await desk.meet(1), await desk.meet(2)
            booked = await desk.book(ana, slot())
            assert not await _cancel(desk, bea, booked)
            assert await _cancel(desk, ana, booked)
            assert await _cancel(desk, ana, booked)
            assert await _see(desk, ana) == []
            assert await desk.book(bea, slot())

    asyncio.run(cancel())


def test_moving_takes_the_new_slot_before_it_gives_up_the_old_one(database_url: str) -> None:
    async def move() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1), slot(2)])
            ana, bea = await desk.meet(1), await desk.meet(2)
            old = await desk.book(ana, slot(0), MANY_NEEDS)
            await desk.book(bea, slot(1))
            turn_id = uuid.uuid4()

            async def to(number: int) -> Booking | None:
                async with desk.sessions.begin() as session:
                    new = slot(number).id
                    return await move_booking(session, ana.key, ana.id, old.id, new, turn_id, NOW)

            assert await to(1) is None
            assert [one.id for one in await _see(desk, ana)] == [old.id]
            new = await to(2)
            assert new and new.details and new.details.transport and RIDE.at
            assert new.details.transport.at == RIDE.at + timedelta(hours=2)
            assert await to(2) is not None
            assert [one.slot for one in await _see(desk, ana)] == [slot(2)]
            assert await desk.hold(bea, slot(0))

    asyncio.run(move())


def test_a_slot_that_the_provider_took_back_cannot_be_booked_any_more(database_url: str) -> None:
    async def withdraw() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1)])
            ana, bea = await desk.meet(1), await desk.meet(2)
            kept = await desk.book(bea, slot(1))
            held = await desk.hold(ana, slot(0))
            await desk.offer([])
            assert held
            async with desk.sessions.begin() as session:
                args = (ana.key, ana.id, held.id, DETAILS, NOW)
                assert await confirm_booking(session, *args) is None
            assert await desk.hold(await desk.meet(3), slot(0)) is None
            assert [one.id for one in await _see(desk, bea)] == [kept.id]

    asyncio.run(withdraw())


def test_forgetting_a_person_frees_the_slot_and_exit_does_not(database_url: str) -> None:
    async def leave() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot()])
            ana = await desk.meet(1)
            await desk.book(ana, slot())
            async with desk.sessions.begin() as session:
                await people.forget_talk(session, ana.id)
                await people.forget_strangers(session, NOW + timedelta(days=3650))
            assert len(await _see(desk, ana)) == 1
            bea = await desk.meet(2)
            async with desk.sessions.begin() as session:
                await people.forget_person(session, ana.id)
            assert await desk.book(bea, slot())

    asyncio.run(leave())


def test_nothing_is_kept_of_what_is_over(database_url: str, plain_database_url: str) -> None:
    async def sweep() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1), slot(2)])
            await desk.book(await desk.meet(1), slot(0))
            await desk.hold(await desk.meet(2), slot(1))
            for now in (LATER, slot(0).ends_at + KEEP_PAST + timedelta(minutes=1)):
                async with desk.sessions.begin() as session:
                    await forget_expired_holds(session, now)
                    await forget_past_bookings(session, now)
                    await forget_past_slots(session, now)

    asyncio.run(sweep())
    with psycopg.connect(plain_database_url) as connection:
        assert connection.execute("SELECT * FROM booking").fetchall() == []
        left = connection.execute("SELECT source_key FROM slot ORDER BY 1").fetchall()
        assert left == [("opening-1",), ("opening-2",)]
