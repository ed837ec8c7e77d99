"""Nobody is left alone with somebody who was called away, and whoever waits is told once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.care.contact import ContactWishes
from bot.care.contact_hours import Window
from bot.care.handoffs import Choice
from bot.care.waiting import Team
from bot.store.contacts import save_wishes
from bot.store.covers import lock_cover, save_cover
from bot.store.outbox import save_replies
from bot.store.returns import save_return
from bot.store.said import Speaker, save_said
from bot.store.tables import HandoffRow, InboxRow
from bot.wire.turns import Reply
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, claim, later, run
from worker.desk_silence import mind_desk
from worker.house import House, build

Story = Callable[[Texter], Awaitable[None]]


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str) -> House:
    """A worker's house whose engine is away and whose texts nobody takes."""
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT))


def tell(house: House, story: Story, *, language: str = "en") -> None:
    """What happens to somebody who wrote a moment ago, and waits."""

    async def act() -> None:
        texter = Texter(house)
        await texter.wait_for_a_person(language=language)
        await texter.text("hi" if language == "en" else "hola necesito ayuda")
        await story(texter)

    run(house, act)


async def minutes_later(texter: Texter, after: int) -> list[str]:
    """What the sweep of so many minutes later says."""
    await mind_desk(later(texter.house, minutes=after))
    return await texter.new_replies()


@pytest.mark.parametrize("language", ["en", "es"])
def test_silence_gives_back_once_and_says_so(house: House, language: str) -> None:
    async def story(texter: Texter) -> None:
        called = await texter.handoff()
        await claim(texter)
        assert await texter.text("hello?") == []
        assert await minutes_later(texter, 9) == []
        sentence = house.say("called_away", language)
        assert await minutes_later(texter, 11) == [sentence]
        row = await texter.handoff()
        assert called and row and row.claimed_by is None and row.called_at == called.called_at
        assert (await texter.lines())[-1] == ("house", sentence)
        assert sentence not in await minutes_later(texter, 12)
        assert await texter.text("   ") == [house.say("empty", language)]

    tell(house, story, language=language)


def test_a_claim_that_was_never_spoken_of_is_given_back_without_a_word(house: House) -> None:
    async def story(texter: Texter) -> None:
        await claim(texter)
        async with house.sessions.begin() as session:
            await session.execute(update(HandoffRow).values(placed_at=house.now()))
        assert await minutes_later(texter, 11) == []
        row = await texter.handoff()
        assert row and row.claimed_by is None

    tell(house, story)


def test_an_answer_keeps_the_claim(house: House) -> None:
    async def story(texter: Texter) -> None:
        nora = await claim(texter)
        await texter.text("hello?")
        async with house.sessions.begin() as session:
            key, person_id = await texter.key(session), await texter.id()
            (reply,) = await save_replies(session, key, person_id, [Reply("I am here.")])
            await save_said(
                session, key, person_id, Speaker("staff", nora, reply), "I am here.", house.now()
            )
            await session.execute(update(HandoffRow).values(unanswered_since=None))
        assert await minutes_later(texter, 30) == ["I am here."]
        row = await texter.handoff()
        assert row and row.claimed_by == nora

    tell(house, story)


@pytest.mark.parametrize(("hours", "answered", "held"), [(11, 0, 1), (13, 0, 0), (13, 1, 1)])
def test_a_message_that_nobody_answered_in_a_shift_is_given_back(
    house: House, hours: int, answered: int, held: int
) -> None:
    async def story(texter: Texter) -> None:
        await texter.wait_for_a_person(Choice.MESSAGE)
        nora = await claim(texter)
        async with house.sessions.begin() as session:
            await session.execute(update(HandoffRow).values(unanswered_since=None))
            if answered:
                key, speaker = await texter.key(session), Speaker("staff", nora)
                await save_said(session, key, await texter.id(), speaker, "Yes.", house.now())
        assert await minutes_later(texter, hours * 60) == []
        row = await texter.handoff()
        assert row and (row.claimed_by == nora) is bool(held)

    tell(house, story)


def test_whoever_waits_is_told_once_where_they_stand(house: House) -> None:
    async def story(texter: Texter) -> None:
        for _ in range(2):
            before = Texter(later(house, minutes=-5))
            await before.wait_for_a_person()
        assert await minutes_later(texter, 9) == []
        assert await minutes_later(texter, 11) == [house.say("placed", "en", ahead=2)]
        assert await minutes_later(texter, 12) == []
        assert await minutes_later(texter, 50) == []

    tell(house, story)


def test_the_next_in_the_line_is_told_just_that(house: House) -> None:
    async def story(texter: Texter) -> None:
        assert await minutes_later(texter, 11) == [house.say("placed_next", "es")]

    tell(house, story, language="es")


@pytest.mark.parametrize("how", [Choice.OPEN, Choice.MESSAGE])
def test_who_does_not_wait_is_told_nothing(house: House, how: Choice) -> None:
    async def story(texter: Texter) -> None:
        await texter.wait_for_a_person(how)
        assert await minutes_later(texter, 11) == []

    tell(house, story)


def test_who_has_not_written_for_an_hour_is_told_nothing(house: House) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            long_ago = house.now() - timedelta(minutes=55)
            await session.execute(update(InboxRow).values(received_at=long_ago))
        assert await minutes_later(texter, 11) == []
        row = await texter.handoff()
        assert row and row.placed_at

    tell(house, story)


def test_behind_a_closed_cover_nothing_is_said(house: House) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            key, person_id = await texter.key(session), await texter.id()
            await save_cover(session, key, person_id, "weather", "tangerine")
            await lock_cover(session, person_id)
        assert await minutes_later(texter, 11) == []

    tell(house, story)


def test_what_would_come_at_a_bad_hour_is_not_said_later(house: House) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            key, person_id = await texter.key(session), await texter.id()
            never = ContactWishes(first=True, days=frozenset(), starts=time(8), ends=time(9))
            await save_wishes(session, key, person_id, never, house.now())
            await session.execute(update(HandoffRow).values(placed_at=None))
        assert await minutes_later(texter, 16) == []

    tell(house, story)


def test_when_the_team_goes_who_waits_is_told_once_and_waits_no_more(house: House) -> None:
    async def story(texter: Texter) -> None:
        texter.house = closing(house)
        assert await minutes_later(texter, 0) == []
        assert await minutes_later(texter, 2) == [house.say("team_gone", "en")]
        row = await texter.handoff()
        assert row and row.how == "message" and row.claimed_by is None
        assert await minutes_later(texter, 15) == []

    tell(house, story)


def test_the_hours_of_another_language_count_for_nothing(house: House) -> None:
    async def story(texter: Texter) -> None:
        texter.house = closing(house, "es")
        assert await minutes_later(texter, 2) == []
        row = await texter.handoff()
        assert row and row.how == "now"

    tell(house, story)


def test_the_return_to_the_bot_erases_and_says_so(house: House) -> None:
    async def story(texter: Texter) -> None:
        await claim(texter)
        await texter.text("thank you nora")
        sentence = house.say("returned", "en")
        async with house.sessions.begin() as session:
            key, person_id = await texter.key(session), await texter.id()
            await save_return(session, key, person_id, sentence, house.now())
        assert await texter.new_replies() == [sentence]
        assert await texter.handoff() is None
        assert await texter.lines() == []
        assert await texter.text("   ") == [house.say("empty", "en")]

    tell(house, story)


def closing(house: House, language: str = "en") -> House:
    """A site whose team in ``language`` goes in a minute; another team stays in the other."""
    now = house.local_now()
    other = "es" if language == "en" else "en"
    every_day = frozenset(range(7))
    goes = (now + timedelta(minutes=1)).time().replace(second=0, microsecond=0)
    came = (now - timedelta(hours=8)).time()
    teams = (
        Team("Goes", (language,), (Window(every_day, came, goes),)),
        Team("Stays", (other,), (Window(every_day, time(0), time.max),)),
    )
    at = house.now().replace(second=0, microsecond=0)
    site = replace(house.site, teams=teams)
    return replace(house, live_site=lambda: site, now=lambda: at)
