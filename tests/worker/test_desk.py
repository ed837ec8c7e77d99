"""While a navigator holds the conversation everything goes to them, and the bot is silent."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.care.consent import ConsentKind, decide_grant
from bot.care.kinds import DANGERS
from bot.store.consents import find_consent, save_consent
from bot.store.covers import lock_cover, save_cover
from bot.store.handoffs import open_last_words, open_note
from bot.store.tables import InboxRow, ReferralRow
from bot.store.tables.inbox import WAITING
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, claim, later, run
from worker.house import House, build

Story = Callable[[Texter], Awaitable[None]]

#: Words of ours, of the engine's, of carriers, and of nobody.
TYPED = [
    "help", "HELP", "ayuda", "start", "START", "human", "a person please", "menu", "/restart",
    "/ask_human", "/session_start", '/choose_need{"need": "food"}', "2", "no", "more", "plan",
    "back", "resume", "my data", "x" * 1601, "i need food", "who sees this?", "no reminders",
]  # fmt: skip


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str) -> House:
    """A worker's house whose engine is away and whose texts nobody takes."""
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT))


def tell(house: House, story: Story, *, note: list[str] | None = None) -> None:
    """What happens to somebody with whom a navigator talks."""

    async def act() -> None:
        texter = Texter(house)
        await texter.wait_for_a_person(note=note)
        await claim(texter)
        await story(texter)

    run(house, act)


def test_nothing_that_is_typed_wakes_the_bot(house: House) -> None:
    async def story(texter: Texter) -> None:
        for typed in TYPED:
            assert await texter.text(typed) == [], typed
        assert await texter.lines() == [("person", typed) for typed in TYPED]

    tell(house, story)


def test_words_of_carriers_other_than_stop_are_the_navigators(house: House) -> None:
    async def story(texter: Texter) -> None:
        for word in ("START", "HELP"):
            assert await texter.text(word, vendor_word=word) == []
        assert await texter.lines() == [("person", "START"), ("person", "HELP")]
        await texter.text("STOP", vendor_word="STOP")
        assert await texter.lines() == []
        assert await texter.handoff() is None

    tell(house, story)


def test_a_flood_is_the_navigators_and_empty_texts_are_nobodys(house: House) -> None:
    async def story(texter: Texter) -> None:
        for number in range(25):
            assert await texter.text(f"line {number}") == []
        assert await texter.text("   ") == []
        assert len(await texter.lines()) == 25

    tell(house, story)


def test_the_first_unanswered_word_counts_and_the_talk_lives_on(house: House) -> None:
    async def story(texter: Texter) -> None:
        called = await texter.handoff()
        assert called and called.unanswered_since == called.claimed_at
        await texter.text("hello")
        first = await texter.handoff()
        assert first and first.unanswered_since == called.claimed_at
        before = await texter.conversation()
        texter.house = later(house, minutes=50)
        await texter.text("still here")
        after = await texter.conversation()
        assert before and after and after.erase_at > before.erase_at
        assert after.heard_at == texter.house.now()

    tell(house, story)


def test_before_anybody_has_claimed_the_bot_goes_on(house: House) -> None:
    async def act() -> None:
        texter = Texter(house)
        await texter.wait_for_a_person()
        assert await texter.text("   ") == [house.say("empty", "en")]
        assert await texter.lines() == []

    run(house, act)


def test_a_text_that_waited_for_the_engine_goes_to_the_navigator_who_came(house: House) -> None:
    async def act() -> None:
        texter = Texter(house)
        await texter.wait_for_a_person()
        assert await texter.text("i need a bed") == [house.say("holding", "en")]
        await claim(texter)
        async with house.sessions() as session:
            assert (await session.scalars(select(InboxRow.state))).all() == [WAITING]
        assert await texter.text("tonight") == []
        assert await texter.lines() == [("person", "i need a bed"), ("person", "tonight")]

    run(house, act)


def test_exit_while_held_erases_everything_at_once(house: House) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("this is my secret")
        assert await texter.text("Exit!") == ["OK."]
        assert await texter.handoff() is None
        assert await texter.lines() == []
        assert await texter.conversation() is None

    tell(house, story, note=["You: my secret"])


@pytest.mark.parametrize("said", ["stop", "leave me alone"])
def test_stop_while_held_ends_it_for_good(house: House, said: str) -> None:
    async def story(texter: Texter) -> None:
        assert await texter.text(said) == [house.say("opt_out", "en")]
        assert await texter.handoff() is None
        assert await texter.text("hello?") == []
        assert await texter.lines() == []

    tell(house, story)


def test_danger_while_held_gets_its_line_and_the_navigator_the_words(house: House) -> None:
    async def story(texter: Texter) -> None:
        line = house.say("danger", "en")
        assert await texter.text("he has a gun") == [line]
        assert await texter.lines() == [("person", "he has a gun"), ("house", line)]
        row = await texter.handoff()
        assert row and row.danger and row.claimed_by
        async with house.sessions() as session:
            assert open_last_words(await texter.key(session), row) == "he has a gun"

    tell(house, story)


def test_the_same_danger_gets_its_line_once_in_ten_minutes(house: House) -> None:
    async def story(texter: Texter) -> None:
        assert len(await texter.text("he has a gun")) == 1
        assert len(await texter.text("i want to die")) == 1
        assert await texter.text("he has a gun") == []
        assert await texter.text("quiere matarme") == []
        assert [who for who, _ in await texter.lines()].count("person") == 4
        texter.house = later(house, minutes=11)
        assert await texter.text("he has a gun") == [house.say("danger", "en")]

    tell(house, story)


def test_every_kind_of_danger_has_its_line(house: House) -> None:
    assert all(house.say(kind.value, language) for kind in DANGERS for language in ("en", "es"))


@pytest.mark.parametrize(("said", "language"), [("Take back.", "en"), ("no compartir", "es")])
def test_taking_back_erases_what_was_shared_and_nothing_else(
    house: House, said: str, language: str
) -> None:
    async def story(texter: Texter) -> None:
        await _share(texter, ConsentKind.SHARE)
        await _share(texter, ConsentKind.SHARE_AGENCY, "svc-1")
        await texter.text("he has a gun")
        sentence = house.say("not_shared", language)
        assert (await texter.text(said))[-1] == sentence
        assert await texter.lines() == [("house", sentence)]
        row = await texter.handoff()
        assert row and row.claimed_by and row.note is None and row.danger
        async with house.sessions() as session:
            assert open_last_words(await texter.key(session), row) == ""
        assert not await _is_shared(texter, ConsentKind.SHARE)
        assert not await _is_shared(texter, ConsentKind.SHARE_AGENCY, "svc-1")
        assert await texter.text("but stay") == []
        assert (await texter.lines())[-1] == ("person", "but stay")

    tell(house, story, note=["You: my secret"])


def test_the_note_stays_while_nobody_takes_it_back(house: House) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("i would never take back what i said")
        row = await texter.handoff()
        assert row
        async with house.sessions() as session:
            assert open_note(await texter.key(session), row) == ["You: my secret"]

    tell(house, story, note=["You: my secret"])


@pytest.mark.parametrize(
    ("said", "state", "sentence"),
    [("Sí", "sent", "passed_on"), ("1", "sent", "passed_on"), ("no", "refused", "not_passed_on")],
)
def test_a_yes_or_no_to_a_referral_decides_it(
    house: House, said: str, state: str, sentence: str
) -> None:
    async def story(texter: Texter) -> None:
        referral = await _ask(texter)
        assert await texter.text("what would they see?") == []
        assert await texter.text(said) == [house.say(sentence, "en")]
        assert ("person", said) in await texter.lines()
        async with house.sessions() as session:
            assert (await session.get_one(ReferralRow, referral)).state == state
        assert await texter.text(said) == []

    tell(house, story)


def test_a_code_word_opens_the_cover_and_is_nobodys_to_read(house: House) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("hello")
        async with house.sessions.begin() as session:
            key, person_id = await texter.key(session), await texter.id()
            await save_cover(session, key, person_id, "weather", "tangerine")
            await lock_cover(session, person_id)
        (answer,) = await texter.text("is anyone there")
        assert "team" not in answer
        assert await texter.text("Tangerine") == [house.say("opened", "en")]
        assert await texter.lines() == [("person", "hello")]
        assert await texter.text("i am back") == []
        assert (await texter.lines())[-1] == ("person", "i am back")

    tell(house, story)


async def _share(texter: Texter, kind: ConsentKind, agency: str = "") -> None:
    async with texter.house.sessions.begin() as session:
        given = decide_grant(kind, texter.house.now() - timedelta(minutes=1), agency)
        await save_consent(session, await texter.id(), given)


async def _is_shared(texter: Texter, kind: ConsentKind, agency: str = "") -> bool:
    async with texter.house.sessions() as session:
        found = await find_consent(session, await texter.id(), kind, agency)
        assert found is not None
        return found.revoked_at is None


async def _ask(texter: Texter) -> uuid.UUID:
    """A navigator has asked whether to tell an agency."""
    referral_id, now = uuid.uuid4(), texter.house.now()
    async with texter.house.sessions.begin() as session:
        session.add(
            ReferralRow(
                id=referral_id,
                person_id=await texter.id(),
                agency="svc-1",
                state="asked",
                content=b"",
                made_at=now,
                changed_at=now,
            )
        )
    return referral_id
