"""The line: one navigator takes one person, for sure, however many want to at once."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice, Ending
from bot.store.claims import (
    claim_handoff,
    claim_next,
    count_ahead,
    find_held,
    find_queue,
    find_silent,
    give_back,
    take_over,
    transfer_handoff,
)
from bot.store.closed_handoffs import close_handoff, find_usual_wait
from bot.store.errors import CaseloadFull
from bot.store.handoffs import Call, find_handoff, save_choice, save_handoff
from bot.store.tables import HandoffRow, StaffRow
from tests.appointments.desk import NOW, Desk, Person, open_desk

MINUTE = timedelta(minutes=1)
NAVIGATORS = 50
#: Connections that run at the same moment; PostgreSQL's own hundred are for all tests.
AT_ONCE = 20
Found = TypeVar("Found")


async def _call(
    desk: Desk, number: int, *, reason: str = "human", language: str = "en", after: int = 0
) -> Person:
    """The ``number``-th person calls, so many minutes after now, and wishes to talk."""
    person = await desk.meet(number)
    async with desk.sessions.begin() as session:
        called_at = NOW + after * MINUTE
        row = await save_handoff(
            session, person.key, person.id, Call(reason, language, "help"), called_at
        )
        await save_choice(session, person.key, row, Choice.NOW, None)
    return person


async def _hire(desk: Desk, count: int = 1, *, caseload: int = 5) -> list[uuid.UUID]:
    """Navigators who speak English."""
    ids = [uuid.uuid4() for _ in range(count)]
    async with desk.sessions.begin() as session:
        for staff_id in ids:
            session.add(
                StaffRow(
                    id=staff_id,
                    email=f"{staff_id}@staff.example",
                    name="Nora",
                    role="navigator",
                    languages=["en"],
                    password_hash="",
                    caseload=caseload,
                )
            )
    return ids


async def _claim(desk: Desk, person: Person, staff_id: uuid.UUID) -> uuid.UUID | None:
    async with desk.sessions.begin() as session:
        row = await claim_handoff(session, person.id, staff_id, NOW)
        return row.person_id if row else None


async def _next(desk: Desk, staff_id: uuid.UUID) -> uuid.UUID | None:
    async with desk.sessions.begin() as session:
        row = await claim_next(session, staff_id, NOW)
        return row.person_id if row else None


async def _all(*calls: Awaitable[Found]) -> list[Found]:
    return list(await asyncio.gather(*calls))


def test_fifty_navigators_claim_one_person_and_one_has_them(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url, pool_size=AT_ONCE) as desk:
            ana = await _call(desk, 1)
            staff = await _hire(desk, NAVIGATORS)
            taken = await _all(*(_claim(desk, ana, one) for one in staff))
            assert Counter(taken) == {ana.id: 1, None: NAVIGATORS - 1}
            winner = staff[taken.index(ana.id)]
            async with desk.sessions() as session:
                assert [row.person_id for row in await find_held(session, winner)] == [ana.id]
                assert await find_queue(session) == []

    asyncio.run(story())


def test_twenty_navigators_take_the_next_of_ten_and_each_person_is_taken_once(
    database_url: str,
) -> None:
    async def story() -> None:
        async with open_desk(database_url, pool_size=AT_ONCE) as desk:
            people = [await _call(desk, number, after=number) for number in range(10)]
            staff = await _hire(desk, 20)
            taken = await _all(*(_next(desk, one) for one in staff))
            rounds = 0
            while (left := await _waiting(desk)) and rounds < 10:  # a skipped one waits on
                rounds += 1
                taken += await _all(*(_next(desk, one) for one in staff))
            assert left == []
            found = Counter(one for one in taken if one)
            assert found == {person.id: 1 for person in people}

    asyncio.run(story())


def test_two_claims_of_one_navigator_never_pass_their_limit(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            people = [await _call(desk, number) for number in range(4)]
            (nora,) = await _hire(desk, caseload=2)
            calls = (_claim(desk, person, nora) for person in people)
            came = await asyncio.gather(*calls, return_exceptions=True)
            full = [one for one in came if isinstance(one, CaseloadFull)]
            assert len(full) == 2
            async with desk.sessions() as session:
                assert len(await find_held(session, nora)) == 2

    asyncio.run(story())


def test_danger_goes_first_and_then_who_has_waited_longest(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            first = await _call(desk, 1)
            second = await _call(desk, 2, after=1)
            urgent = await _call(desk, 3, reason="danger", after=2)
            assert await _waiting(desk) == [urgent.id, first.id, second.id]
            assert [await _ahead(desk, one) for one in (urgent, first, second)] == [0, 1, 2]
            (nora,) = await _hire(desk)
            assert [await _next(desk, nora) for _ in range(4)] == [
                urgent.id, first.id, second.id, None,
            ]  # fmt: skip

    asyncio.run(story())


def test_who_speaks_a_navigators_language_is_offered_before_others(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            spanish = await _call(desk, 1, language="es")
            english = await _call(desk, 2, after=1)
            (nora,) = await _hire(desk)
            assert [await _next(desk, nora) for _ in range(2)] == [english.id, spanish.id]

    asyncio.run(story())


def test_given_back_keeps_its_place_and_a_transfer_waits_for_whom_it_is_meant(
    database_url: str,
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            first, second = await _call(desk, 1), await _call(desk, 2, after=1)
            nora, omar = await _hire(desk, 2)
            assert await _claim(desk, first, nora)
            async with desk.sessions.begin() as session:
                await give_back(session, await _row(session, first))
            assert await _waiting(desk) == [first.id, second.id]
            assert await _claim(desk, first, nora)
            async with desk.sessions.begin() as session:
                row = await _row(session, first)
                await transfer_handoff(session, first.key, row, "speaks Mam", to_staff=omar)
            assert await _claim(desk, first, nora) is None
            assert await _next(desk, nora) == second.id
            assert await _next(desk, omar) == first.id

    asyncio.run(story())


def test_from_the_claim_on_the_person_waits_for_an_answer(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await _call(desk, 1), await _call(desk, 2)
            async with desk.sessions.begin() as session:
                await save_choice(
                    session, bea.key, await _row(session, bea), Choice.MESSAGE, ["Hi"]
                )
            nora, omar = await _hire(desk, 2)
            assert await _claim(desk, ana, nora) and await _claim(desk, bea, nora)
            assert await _silent(desk, 0) == []
            assert await _silent(desk, 1) == [ana.id]  # a message does not wait by the minute
            async with desk.sessions.begin() as session:
                await take_over(session, await _row(session, ana), omar, NOW + 5 * MINUTE)
            assert await _silent(desk, 5) == []
            assert await _silent(desk, 6) == [ana.id]

    asyncio.run(story())


def test_practice_is_never_given_back(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await _call(desk, 1)
            (nora,) = await _hire(desk)
            assert await _claim(desk, ana, nora)
            async with desk.sessions.begin() as session:
                await session.execute(update(HandoffRow).values(practice="rosa"))
            assert await _silent(desk, 60) == []

    asyncio.run(story())


def test_the_usual_wait_is_that_of_half_the_people(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            (nora,) = await _hire(desk)
            async with desk.sessions() as session:
                assert await find_usual_wait(session, NOW) is None
            for number, minutes in enumerate((4, 6, 50)):
                person = await _call(desk, number, after=-minutes)
                await _claim(desk, person, nora)
                async with desk.sessions.begin() as session:
                    await close_handoff(session, person.id, Ending.RETURNED, NOW)
            async with desk.sessions() as session:
                assert await find_usual_wait(session, NOW) == 6 * MINUTE

    asyncio.run(story())


def test_a_handoff_that_is_over_cannot_be_claimed(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await _call(desk, 1)
            (nora,) = await _hire(desk)
            async with desk.sessions.begin() as session:
                await close_handoff(session, ana.id, Ending.EXIT, NOW)
            assert await _claim(desk, ana, nora) is None

    asyncio.run(story())


async def _row(session: AsyncSession, person: Person) -> HandoffRow:
    row = await find_handoff(session, person.id)
    assert row is not None
    return row


async def _waiting(desk: Desk) -> list[uuid.UUID]:
    async with desk.sessions() as session:
        return [one.person_id for one in await find_queue(session)]


async def _ahead(desk: Desk, person: Person) -> int:
    async with desk.sessions() as session:
        return await count_ahead(session, await _row(session, person))


async def _silent(desk: Desk, minutes: int) -> list[uuid.UUID]:
    async with desk.sessions() as session:
        return await find_silent(session, NOW + minutes * MINUTE)
