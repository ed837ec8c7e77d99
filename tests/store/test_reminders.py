"""Reminders are due once, wait, end for a reason, and go with the person; and so do wishes."""

from __future__ import annotations

import asyncio
import uuid
from datetime import time, timedelta

import psycopg

from bot.care.contact import ContactWishes
from bot.store import contacts, people, reminders
from bot.store.reminders import DROPPED, SENT, WAITING
from tests.appointments.desk import NOW, Desk, Person, open_desk

HOUR = timedelta(hours=1)
VISIT, OTHER_VISIT = uuid.uuid4(), uuid.uuid4()
WISHES = ContactWishes(True, frozenset({0, 6}), time(8), time(12), "it's the dentist", True, "sms")


async def _remind(
    desk: Desk, person: Person, due: timedelta = HOUR, about: uuid.UUID | None = VISIT
) -> uuid.UUID:
    async with desk.sessions.begin() as session:
        due_at = NOW + due
        return await reminders.save_reminder(session, person.id, about, due_at, due_at + HOUR)


async def _due(desk: Desk, after: timedelta) -> list[uuid.UUID]:
    async with desk.sessions() as session:
        return await reminders.find_due(session, NOW + after)


async def _states(desk: Desk, person: Person) -> list[tuple[str, str | None]]:
    async with desk.sessions() as session:
        rows = await reminders.find_reminders(session, person.id)
        return [(row.state, row.reason) for row in rows]


def test_a_reminder_is_due_until_it_is_finished(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            later = await _remind(desk, ana, 2 * HOUR)
            sooner = await _remind(desk, ana, HOUR, about=None)
            assert await _due(desk, HOUR - timedelta(seconds=1)) == []
            assert await _due(desk, 2 * HOUR) == [sooner, later]
            async with desk.sessions.begin() as session:
                await reminders.finish_reminder(session, sooner, SENT)
                await reminders.postpone(session, later, NOW + 3 * HOUR)
            assert await _due(desk, 2 * HOUR) == []
            assert await _due(desk, 3 * HOUR) == [later]
            async with desk.sessions.begin() as session:
                await reminders.finish_reminder(session, later, DROPPED, "no_window_left")
                await reminders.finish_reminder(session, later, SENT)
                await reminders.postpone(session, sooner, NOW + 9 * HOUR)
            assert await _states(desk, ana) == [(SENT, None), (DROPPED, "no_window_left")]

    asyncio.run(story())


def test_a_turn_that_is_repeated_reminds_once(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(1), await desk.meet(2)
            for about in (VISIT, None):
                assert await _remind(desk, ana, about=about) == await _remind(
                    desk, ana, about=about
                )
            assert await _remind(desk, ana) != await _remind(desk, bea)
            assert await _remind(desk, ana) != await _remind(desk, ana, 2 * HOUR)
            assert len(await _states(desk, ana)) == 3

    asyncio.run(story())


def test_two_workers_never_hold_the_same_reminder(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            due = await _remind(desk, ana)
            async with desk.sessions.begin() as one, desk.sessions.begin() as two:
                held = await reminders.claim_reminder(one, due)
                assert held is not None and held.useful_until == NOW + 2 * HOUR
                assert await reminders.claim_reminder(two, due) is None
                await reminders.finish_reminder(one, due, SENT)
            async with desk.sessions.begin() as session:
                assert await reminders.claim_reminder(session, due) is None

    asyncio.run(story())


def test_reminders_go_with_their_appointment_and_with_the_person(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(1), await desk.meet(2)
            for person in (ana, bea):
                await _remind(desk, person)
                await _remind(desk, person, about=OTHER_VISIT)
            async with desk.sessions.begin() as session:
                await reminders.forget_reminders(session, ana.id, VISIT)
            assert await _states(desk, ana) == [(WAITING, None)]
            async with desk.sessions.begin() as session:
                await reminders.forget_reminders(session, ana.id)
                assert await people.forget_person(session, bea.id)
            assert await _states(desk, ana) == await _states(desk, bea) == []

    asyncio.run(story())


def test_wishes_are_kept_sealed_changed_and_forgotten(
    database_url: str, plain_database_url: str
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(1), await desk.meet(2)
            async with desk.sessions.begin() as session:
                for wishes in (ContactWishes(), WISHES):
                    await contacts.save_wishes(session, ana.key, ana.id, wishes, NOW)
                await people.forget_talk(session, ana.id)
                assert await contacts.find_wishes(session, ana.key, ana.id) == WISHES
                assert await contacts.find_wishes(session, bea.key, bea.id) is None
            with psycopg.connect(plain_database_url) as connection:
                row = connection.execute("SELECT wishes::text FROM contact").fetchone()
            assert row is not None
            assert b"dentist" not in bytes.fromhex(row[0].removeprefix("\\x"))
            async with desk.sessions.begin() as session:
                await contacts.forget_wishes(session, ana.id)
                assert await contacts.find_wishes(session, ana.key, ana.id) is None

    asyncio.run(story())
