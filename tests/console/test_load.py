"""What people at the desk carry: figures alone, without practice; and wishes for a debrief."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta

from sqlalchemy import update

from bot.care.load import HEAVY_TOPICS, Closed, is_heavy
from bot.store.debriefs import find_debriefs, find_own_debrief, hold_debrief, save_debrief
from bot.store.load import Past, find_closed, find_loads, find_rest
from bot.store.staff_desk import save_rest
from bot.store.tables import HandoffRow
from tests.appointments.desk import NOW, Desk
from tests.console.desk_staff import claim, close, hire, run

TODAY, WEEK = NOW - timedelta(hours=10), NOW - timedelta(days=7)
MINUTE = timedelta(minutes=1)
ROLES = ("navigator",)


def test_figures_are_of_the_day_and_of_the_week_and_never_of_practice(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora, omar = await hire(session), await hire(session, "Omar")
            await close(session, nora, NOW - MINUTE, topics=["suicide", "stalking"])
            await close(session, nora, NOW - MINUTE, danger=True)
            await close(session, nora, NOW - 20 * MINUTE, 61)
            await close(session, nora, NOW - timedelta(days=2), topics=["suicide"])
            await close(session, nora, NOW - timedelta(days=8), danger=True)
            await close(session, nora, NOW - MINUTE, practice=True, danger=True)
            await close(session, None, NOW - MINUTE, danger=True)
        async with desk.sessions() as session:
            first, second = await find_loads(session, ROLES, TODAY, WEEK)
        assert (first.staff.id, second.staff.id) == (nora, omar)
        assert first.today == Past(conversations=3, heavy=3, danger=1, minutes=101)
        assert first.week == Past(conversations=4, heavy=4, danger=1, minutes=121)
        assert list(first.topics.items()) == [("suicide", 2), ("stalking", 1)]
        assert second.today == second.week == Past()
        assert second.topics == {}

    run(database_url, story)


def test_what_is_held_now_and_who_waits_for_an_answer(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora = await hire(session)
        ids = [await claim(desk, number, nora) for number in range(3)]
        async with desk.sessions.begin() as session:
            rows = update(HandoffRow)
            await session.execute(rows.values(unanswered_since=None))
            for person_id, minutes in ((ids[0], 3), (ids[1], 9)):
                since = NOW - minutes * MINUTE
                mine = HandoffRow.person_id == person_id
                await session.execute(rows.where(mine).values(unanswered_since=since))
            mine = HandoffRow.person_id == ids[2]
            await session.execute(rows.where(mine).values(practice="grace"))
        async with desk.sessions() as session:
            (load,) = await find_loads(session, ROLES, TODAY, WEEK)
        assert {one.person_id for one in load.held} == {ids[0], ids[1]}
        assert load.unanswered == 2
        assert load.longest == NOW - 9 * MINUTE

    run(database_url, story)


def test_who_is_not_at_the_desk_is_shown_only_while_they_carry_something(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            await hire(session, "Alma", role="partner")
            await hire(session, "Gone", disabled_at=NOW)
            busy = await hire(session, "Sol", role="supervisor")
        await claim(desk, 1, busy)
        async with desk.sessions() as session:
            assert [one.staff.name for one in await find_loads(session, ROLES, TODAY, WEEK)] == [
                "Sol"
            ]

    run(database_url, story)


def test_the_database_finds_heavy_what_the_rule_finds_heavy(database_url: str) -> None:
    topics = [(), ("stalking",), *((one,) for one in sorted(HEAVY_TOPICS)), ("stalking", "suicide")]
    kinds = list(itertools.product((False, True), topics, (1, 60, 61)))

    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            staff = [await hire(session, f"N{number:03}") for number in range(len(kinds))]
            for staff_id, (danger, topic, minutes) in zip(staff, kinds, strict=True):
                await close(session, staff_id, NOW, minutes, danger=danger, topics=list(topic))
        async with desk.sessions() as session:
            loads = {one.staff.id: one.today.heavy for one in await find_loads(
                session, ROLES, TODAY, WEEK)}  # fmt: skip
            for staff_id, (danger, topic, minutes) in zip(staff, kinds, strict=True):
                closed = Closed(danger, topic, minutes * MINUTE)
                assert await find_closed(session, staff_id, TODAY) == [closed]
                assert loads[staff_id] == is_heavy(closed), closed

    run(database_url, story)


def test_the_day_is_told_in_the_order_it_went_and_of_oneself_alone(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora, omar = await hire(session), await hire(session, "Omar")
            await close(session, nora, NOW, 5)
            await close(session, nora, NOW - MINUTE, 7)
            await close(session, nora, NOW - MINUTE, 9, practice=True)
            await close(session, omar, NOW, 11)
        async with desk.sessions() as session:
            lasted = [one.lasted for one in await find_closed(session, nora, TODAY)]
        assert lasted == [7 * MINUTE, 5 * MINUTE]

    run(database_url, story)


def test_rest_lasts_until_its_end(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora = await hire(session)
            assert await find_rest(session, nora, NOW) is None
            await save_rest(session, nora, NOW + 15 * MINUTE)
        async with desk.sessions() as session:
            assert await find_rest(session, nora, NOW) == NOW + 15 * MINUTE
            assert await find_rest(session, nora, NOW + 15 * MINUTE) is None

    run(database_url, story)


def test_a_debrief_is_asked_for_once_and_held_by_somebody_else(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora, omar = await hire(session), await hire(session, "Omar")
            assert await save_debrief(session, nora, NOW)
            assert not await save_debrief(session, nora, NOW + MINUTE)
            assert await save_debrief(session, omar, NOW + MINUTE)
            first, second = await find_debriefs(session)
            assert (first.name, first.asked_at, second.name) == ("Nora", NOW, "Omar")
            assert await hold_debrief(session, first.id, nora, NOW) is None
            assert await hold_debrief(session, first.id, omar, NOW) == nora
            assert await hold_debrief(session, first.id, omar, NOW) is None
            assert await find_own_debrief(session, nora) is None
            assert await save_debrief(session, nora, NOW)

    run(database_url, story)


def test_two_clicks_at_once_ask_for_one_debrief(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        async with desk.sessions.begin() as session:
            nora = await hire(session)

        async def ask() -> bool:
            async with desk.sessions.begin() as session:
                return await save_debrief(session, nora, NOW)

        assert sorted(await asyncio.gather(ask(), ask(), ask())) == [False, False, True]

    run(database_url, story)
