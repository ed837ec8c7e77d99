"""Everybody wants the same slot at once: one gets it, and nobody gets it twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from bot.store.bookings import hold_slot
from tests.appointments.desk import DETAILS, NOW, open_desk, slot

CROWD = 200
#: Transactions that wait for another one to end.
WAITERS = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")


@pytest.mark.parametrize("offered", [1, 50])
def test_two_hundred_at_once_take_each_slot_once(database_url: str, offered: int) -> None:
    async def rush() -> list[bool]:
        async with open_desk(database_url, pool_size=20) as desk:
            slots = [slot(number) for number in range(offered)]
            await desk.offer(slots)
            crowd = [await desk.meet(number) for number in range(CROWD)]
            held = await asyncio.gather(
                *(desk.hold(one, slots[n % offered]) for n, one in enumerate(crowd))
            )
            return [booking is not None for booking in held]

    assert Counter(asyncio.run(rush())) == {True: offered, False: CROWD - offered}


def test_a_crowd_on_an_expired_hold_gets_it_once(database_url: str) -> None:
    async def rush() -> int:
        async with open_desk(database_url, pool_size=20) as desk:
            slots = [slot(0), slot(1)]
            await desk.offer(slots)
            crowd = [await desk.meet(number) for number in range(CROWD // 4)]
            # Each of the first two holds what the other one is going to want.
            assert await desk.hold(crowd[0], slots[1])
            assert await desk.hold(crowd[1], slots[0])
            later = NOW + timedelta(minutes=11)
            held = await asyncio.gather(
                *(desk.hold(one, slots[n % 2], later) for n, one in enumerate(crowd))
            )
            return sum(booking is not None for booking in held)

    assert asyncio.run(rush()) == 2


def test_whoever_waits_gets_the_slot_when_the_first_one_fails(database_url: str) -> None:
    async def race() -> bool:
        async with open_desk(database_url) as desk:
            await desk.offer([slot()])
            first, second = await desk.meet(1), await desk.meet(2)
            async with desk.sessions() as session:
                assert await hold_slot(session, first.id, slot().id, first.id, NOW)
                waiting = asyncio.create_task(desk.hold(second, slot()))
                while not await session.scalar(WAITERS):
                    assert not waiting.done()
                await session.rollback()
            return await waiting is not None

    assert asyncio.run(race())


def test_the_database_itself_refuses_a_second_sale(
    database_url: str, plain_database_url: str
) -> None:
    async def book() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot()])
            await desk.book(await desk.meet(), slot(), DETAILS)

    asyncio.run(book())
    again = (
        "INSERT INTO booking SELECT gen_random_uuid(), slot_id, person_id, gen_random_uuid(),"
        " state, held_until, details, told_at, created_at, changed_at FROM booking"
    )
    twice = pytest.raises(psycopg.errors.UniqueViolation)
    with psycopg.connect(plain_database_url) as connection, twice:
        connection.execute(again)
