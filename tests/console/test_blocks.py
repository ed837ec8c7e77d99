"""Steps for abusive contacts: warned twice with a chance to stop, then two people, then 30 days."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.blocks import (
    LASTS,
    Step,
    agree_block,
    ask_block,
    find_block,
    find_blocks,
    forget_old_blocks,
    is_blocked,
    lift_block,
    may_go_on,
    next_step,
    refuse_block,
    save_warning,
)
from bot.store.people import forget_person, get_person
from bot.store.said import Speaker, save_said
from bot.store.tables import BlockRow
from bot.store.tables.said import PERSON, STAFF
from tests.appointments.desk import NOW, Desk, Person
from tests.console.desk_staff import claim, hire, run

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """Somebody who writes to Nora what is not okay; Omar is the second person."""

    desk: Desk
    person: Person
    pseudonym: bytes
    nora: uuid.UUID
    omar: uuid.UUID

    async def warn_twice(self, session: AsyncSession) -> None:
        """Both warnings."""
        for step in (Step.WARN, Step.WARN_AGAIN):
            assert await save_warning(session, self.pseudonym, "sexual", step, NOW)

    async def ask(self, session: AsyncSession) -> str:
        """Nora asks for a block."""
        await self.warn_twice(session)
        assert await ask_block(session, self.pseudonym, self.nora, NOW)
        (block,) = await find_blocks(session, NOW)
        return block.ref


async def open_case(desk: Desk) -> Case:
    """A held conversation."""
    async with desk.sessions.begin() as session:
        nora, omar = await hire(session), await hire(session, "Omar", role="supervisor")
    person = await desk.meet(1)
    await claim(desk, 1, nora)
    async with desk.sessions() as session:
        row = await get_person(session, person.id)
        assert row is not None
        return Case(desk, person, row.pseudonym, nora, omar)


def test_the_steps_come_one_after_the_other_and_none_is_left_out(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        who = case.pseudonym
        async with desk.sessions.begin() as session:
            assert next_step(await find_block(session, who, NOW)) is Step.WARN
            assert not await ask_block(session, who, case.nora, NOW)
            assert not await save_warning(session, who, "abusive", Step.WARN_AGAIN, NOW)
            assert not await save_warning(session, who, "abusive", Step.ASK, NOW)
            assert await save_warning(session, who, "abusive", Step.WARN, NOW)
            assert not await save_warning(session, who, "abusive", Step.WARN, NOW)
            assert not await ask_block(session, who, case.nora, NOW)
            assert next_step(await find_block(session, who, NOW)) is Step.WARN_AGAIN
            assert await save_warning(session, who, "sexual", Step.WARN_AGAIN, NOW)
            assert await find_blocks(session, NOW) == []
            assert await ask_block(session, who, case.nora, NOW)
            assert not await ask_block(session, who, case.omar, NOW)
            assert next_step(await find_block(session, who, NOW)) is Step.ASKED
            assert not await is_blocked(session, who, NOW)
            (block,) = await find_blocks(session, NOW)
            assert (block.reason, block.asked_name, block.agreed_name) == ("sexual", "Nora", None)
            assert block.person_id == case.person.id

    run(database_url, story)


def test_the_same_person_never_decides_on_their_own_request(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            ref = await case.ask(session)
            assert await agree_block(session, ref, case.nora, NOW) is None
            assert not await refuse_block(session, ref, case.nora, NOW)
            assert next_step(await find_block(session, case.pseudonym, NOW)) is Step.ASKED
        with pytest.raises(IntegrityError):  # the table says so too
            async with desk.sessions.begin() as session:
                await session.execute(update(BlockRow).values(agreed_by=case.nora))

    run(database_url, story)


def test_a_second_person_closes_the_line_for_thirty_days(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            ref = await case.ask(session)
            later = NOW + MINUTE
            assert await agree_block(session, ref, case.omar, later) == case.pseudonym
            assert await agree_block(session, ref, case.omar, later) is None
            assert not await refuse_block(session, ref, case.omar, later)
            assert next_step(await find_block(session, case.pseudonym, later)) is Step.BLOCKED
            assert await is_blocked(session, case.pseudonym, later)
            assert not await is_blocked(session, b"somebody else", later)
            assert await is_blocked(session, case.pseudonym, later + LASTS - MINUTE)
            assert not await is_blocked(session, case.pseudonym, later + LASTS)
            assert timedelta(days=30) == LASTS

    run(database_url, story)


def test_it_outlasts_the_person_and_names_nobody(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            ref = await case.ask(session)
            await agree_block(session, ref, case.omar, NOW)
            await forget_person(session, case.person.id)
        async with desk.sessions() as session:
            assert await is_blocked(session, case.pseudonym, NOW)
            (block,) = await find_blocks(session, NOW)
            assert block.person_id is None
            assert case.pseudonym.hex() not in repr(block)

    run(database_url, story)


def test_a_no_begins_anew_and_a_block_can_be_lifted(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            ref = await case.ask(session)
            assert not await lift_block(session, ref, NOW)
            assert await refuse_block(session, ref, case.omar, NOW)
            assert next_step(await find_block(session, case.pseudonym, NOW)) is Step.WARN
            ref = await case.ask(session)
            assert await agree_block(session, ref, case.omar, NOW)
            assert await lift_block(session, ref, NOW)
            assert not await is_blocked(session, case.pseudonym, NOW)
            assert not await lift_block(session, ref, NOW)

    run(database_url, story)


def test_warnings_that_led_to_nothing_do_not_count_for_ever(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            await case.warn_twice(session)
            later = NOW + LASTS
            assert not await ask_block(session, case.pseudonym, case.nora, later)
            assert next_step(await find_block(session, case.pseudonym, later)) is Step.WARN
            assert await save_warning(session, case.pseudonym, "abusive", Step.WARN, later)
            assert next_step(await find_block(session, case.pseudonym, later)) is Step.WARN_AGAIN
            await forget_old_blocks(session, later)
            assert len((await session.scalars(select(BlockRow))).all()) == 1
            await forget_old_blocks(session, later + LASTS)
            assert (await session.scalars(select(BlockRow))).all() == []

    run(database_url, story)


def test_after_a_warning_they_get_a_chance_to_stop(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)

        async def say(session: AsyncSession, who: str, minutes: int) -> None:
            speaker, at = Speaker(who), NOW + minutes * MINUTE
            await save_said(session, case.person.key, case.person.id, speaker, "words", at)

        async def may(session: AsyncSession) -> bool:
            row = await find_block(session, case.pseudonym, NOW)
            return await may_go_on(session, case.person.id, row)

        async with desk.sessions.begin() as session:
            await say(session, PERSON, -1)
            assert await may(session)
            await save_warning(session, case.pseudonym, "abusive", Step.WARN, NOW)
            assert not await may(session)
            await say(session, STAFF, 1)
            assert not await may(session)
            await say(session, PERSON, 2)
            assert await may(session)

    run(database_url, story)


def test_two_warnings_at_once_are_one(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)

        async def warn() -> bool:
            async with desk.sessions.begin() as session:
                return await save_warning(session, case.pseudonym, "abusive", Step.WARN, NOW)

        assert sorted(await asyncio.gather(warn(), warn(), warn())) == [False, False, True]

    run(database_url, story)


def test_two_people_who_agree_at_once_agree_once(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        case = await open_case(desk)
        async with desk.sessions.begin() as session:
            ref = await case.ask(session)
            third = await hire(session, "Sol")

        async def agree(staff_id: uuid.UUID) -> bool:
            async with desk.sessions.begin() as session:
                return await agree_block(session, ref, staff_id, NOW) is not None

        assert sorted(await asyncio.gather(agree(case.omar), agree(third))) == [False, True]

    run(database_url, story)
