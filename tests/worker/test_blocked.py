"""A block closes the team's line and nothing else: the bot answers, and danger calls as ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, update

from bot.care.handoffs import CHECK_IN, MISUNDERSTOOD
from bot.store.blocks import LASTS, Step, agree_block, ask_block, find_blocks, save_warning
from bot.store.people import claim_person, save_person
from bot.store.tables import BlockRow, InboxRow
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, join, later, run
from worker.command_handoff import call_person, hand_over
from worker.house import House, build
from worker.moment import Moment, open_moment
from worker.notices import find_notices

Found = TypeVar("Found")
Story = Callable[[Texter], Awaitable[None]]


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str) -> House:
    """A worker's house whose engine is away and whose texts nobody takes."""
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT))


def tell(house: House, story: Story) -> None:
    """What happens to somebody whom two people of the team have blocked."""

    async def act() -> None:
        texter = Texter(house)
        async with house.sessions.begin() as session:
            person = await save_person(session, house.vault, "sms", texter.number)
            nora, omar = [await join(session, house) for _ in range(2)]
            now = house.now()
            for step in (Step.WARN, Step.WARN_AGAIN):
                assert await save_warning(session, person.pseudonym, "abusive", step, now)
            assert await ask_block(session, person.pseudonym, nora, now)
            (block,) = await find_blocks(session, now)
            assert await agree_block(session, block.ref, omar, now)
        await story(texter)

    run(house, act)


@pytest.mark.parametrize(("text", "language"), [("human", "en"), ("una persona", "es")])
def test_to_ask_for_a_person_calls_nobody_and_says_so(
    house: House, text: str, language: str
) -> None:
    async def story(texter: Texter) -> None:
        assert await texter.text(text) == [house.say("line_closed", language)]
        assert await texter.handoff() is None

    tell(house, story)


def test_danger_is_answered_and_calls_the_team(house: House) -> None:
    async def story(texter: Texter) -> None:
        assert await texter.text("he is going to kill me") == [house.say("danger", "en")]
        row = await texter.handoff()
        assert row and row.danger and row.reasons == ["danger"]
        await texter.text("human")  # now that they are called, they may also ask
        row = await texter.handoff()
        assert row and row.reasons == ["danger", "human"]

    tell(house, story)


def test_the_bot_goes_on_answering_and_exit_is_obeyed(house: House) -> None:
    async def story(texter: Texter) -> None:
        assert await texter.text("   ") == house.say_in_each("empty")
        assert await texter.text("exit") == [house.say("exit", "en")]
        assert await texter.text("human") == [house.say("line_closed", "en")]

    tell(house, story)


def test_no_way_of_the_conversation_leads_around_it(house: House) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("   ")
        await command(texter, call_person, reason=MISUNDERSTOOD)
        assert await texter.handoff() is None
        await command(texter, hand_over, how="now", share=False, note=[], topics=[])
        assert await texter.new_replies() == [house.say("line_closed", "en")]
        assert await texter.handoff() is None
        await command(texter, call_person, reason=CHECK_IN)
        row = await texter.handoff()
        assert row and row.danger

    tell(house, story)


def test_the_conversation_knows_that_nothing_is_to_be_offered(house: House) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("   ")
        assert await notices(texter) == {"closed": True}
        await texter.text("he is going to kill me")  # danger opens the line
        assert "closed" not in await notices(texter)

    tell(house, story)


def test_when_its_time_is_over_the_line_is_open_again(house: House) -> None:
    async def story(texter: Texter) -> None:
        texter.house = later(house, days=LASTS.days)
        await texter.text("human")
        assert await texter.handoff() is not None

    tell(house, story)


def test_a_request_that_nobody_agreed_to_closes_nothing(house: House) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            await session.execute(update(BlockRow).values(agreed_by=None))
        await texter.text("human")
        assert await texter.handoff() is not None

    tell(house, story)


async def command(texter: Texter, act: Callable[..., Awaitable[object]], **fields: object) -> None:
    """As if the conversation asked for it, in the turn of the last message."""
    await in_turn(texter, lambda moment: act(moment, fields))


async def notices(texter: Texter) -> Any:
    """What the conversation is told of the desk."""
    return (await in_turn(texter, find_notices))["desk"]


async def in_turn(texter: Texter, act: Callable[[Moment], Awaitable[Found]]) -> Found:
    """Do something in the turn of the last message."""
    house = texter.house
    async with house.sessions.begin() as session:
        person = await claim_person(session, await texter.id())
        assert person is not None
        message = await session.scalar(select(InboxRow).limit(1))
        assert message is not None
        return await act(await open_moment(house, session, person, message))
