"""On the way to a person: called at once, offered what is true, and nothing passed on unasked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.care.consent import ConsentKind
from bot.care.handoffs import Ending
from bot.store.claims import claim_next
from bot.store.closed_handoffs import close_handoff
from bot.store.consents import find_consent, revoke_consent
from bot.store.handoffs import find_handoff, open_note
from bot.store.staff_desk import find_at_desk, save_at_desk, save_away, save_rest
from bot.store.tables import ClosedHandoffRow, ConversationRow, InboxRow, StaffRow
from bot.wire.turns import Command
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, join, later, run
from tests.worker.engine_door import EngineDoor
from worker.house import House, build
from worker.sweep import forget_due

Story = Callable[[Texter], Awaitable[None]]
HUMAN = "i want to talk to a real person"


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str, engine: EngineDoor) -> House:
    """A worker's house whose texts nobody takes."""
    door = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "t" * 32}
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT, **door))


def tell(house: House, story: Story) -> None:
    """What happens to somebody who is in the middle of a talk."""

    async def act() -> None:
        texter = Texter(house)
        await texter.text("hi")
        await story(texter)

    run(house, act)


def hand_over(engine: EngineDoor, how: str = "now", *note: str, share: bool = True) -> None:
    """The next text ends the journey to a person."""
    fields: dict[str, Any] = {"how": how, "share": share, "note": note, "topics": ["violence"]}
    engine.will_answer(commands=[Command("hand_over", fields)])


def test_who_asks_for_a_person_is_called_for_and_offered_what_is_possible(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            await join(session, house)
        assert await texter.text(HUMAN) == ["heard /ask_human"]
        row = await texter.handoff()
        assert row and row.reasons == ["human"] and row.how == ""
        assert engine.asked[-1].told["desk"] == {
            "open": True, "at_desk": 1, "ahead": 0, "minutes": None, "opens": None,
            "already": False,
        }  # fmt: skip

    tell(house, story)


def test_without_the_engine_one_sentence_says_so_and_nothing_waits(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        for engine.status in (503, 500):
            assert await texter.text(HUMAN) == [house.say("human", "en")]
            row = await texter.handoff()
            assert row and row.reasons == ["human"]
            async with house.sessions() as session:
                assert set(await session.scalars(select(InboxRow.state))) == {"done"}

    tell(house, story)


def test_who_was_called_for_already_may_use_the_same_words_in_an_answer(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        await texter.text(HUMAN)
        for said in ("talk with someone", "can someone please call me"):
            await texter.text(said)
            assert (engine.asked[-1].payload, engine.asked[-1].untrusted_text) == (None, said)

    tell(house, story)


@pytest.mark.parametrize("status", [200, 503])
def test_whoever_has_not_been_asked_yet_whether_it_is_safe_is_asked(
    house: House, engine: EngineDoor, status: int
) -> None:
    async def act() -> None:
        engine.status = status
        texter = Texter(house)
        asked = ["heard /begin"] if status == 200 else []
        assert await texter.text("quiero hablar con una persona") == [
            house.say("human", "es"), *asked,
        ]  # fmt: skip
        assert await texter.handoff()

    run(house, act)


def test_after_a_long_silence_it_is_asked_again_first(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        async with house.sessions.begin() as session:
            await session.execute(
                update(ConversationRow).values(heard_at=house.now() - timedelta(minutes=61))
            )
        assert await texter.text(HUMAN) == [house.say("human", "en"), "heard /returned"]

    tell(house, story)


def test_what_was_let_stand_goes_along_with_a_yes_that_ends_by_itself(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        await texter.text(HUMAN)
        hand_over(engine, "now", "You: my rights", "Near: Alder Falls")
        assert await texter.text("1") == ["heard /house_answered"]
        row = await texter.handoff()
        assert row and (row.how, row.topics) == ("now", ["violence"])
        assert await _note(texter) == ["You: my rights", "Near: Alder Falls"]
        assert await _may_share(texter)
        told = engine.asked[-1].told
        assert (told["about"], told["how"], told["ahead"]) == ("handed_over", "now", 0)
        await texter.text("hello")
        assert engine.asked[-1].told["desk"]["already"] is True

    tell(house, story)


def test_without_a_yes_nothing_goes_along_and_an_earlier_note_is_gone(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        assert await _note(texter) == ["You: call me"]
        hand_over(engine, "now", "You: my secret", share=False)
        await texter.text("1")
        row = await texter.handoff()
        assert row and row.how == "now"
        assert await _note(texter) == []

    tell(house, story)


def test_without_a_yes_from_the_start_there_is_no_consent(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "now", "You: my secret", share=False)
        await texter.text("1")
        row = await texter.handoff()
        assert row and row.topics == []
        assert not await _may_share(texter)

    tell(house, story)


def test_taking_it_back_ends_the_call(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        engine.will_answer("ok", commands=[Command("withdraw_handoff")])
        await texter.text("take it back")
        assert await texter.handoff() is None
        async with house.sessions() as session:
            assert (await session.scalars(select(ClosedHandoffRow.ending))).all() == ["withdrawn"]

    tell(house, story)


def test_where_danger_was_seen_the_call_outlasts_a_change_of_mind(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        await texter.text("he has a gun")
        hand_over(engine, "now", "You: my rights")
        await texter.text("1")
        engine.will_answer("ok", commands=[Command("withdraw_handoff")])
        await texter.text("not now")
        row = await texter.handoff()
        assert row and row.danger and (row.how, row.note) == ("", None)

    tell(house, story)


def test_the_consent_taken_back_takes_the_note(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        engine.will_answer("ok", commands=[Command("take_back", {"id": "share"})])
        engine.will_answer("taken back")
        await texter.text("1")
        assert await texter.handoff()
        assert await _note(texter) == []

    tell(house, story)


def test_the_wait_is_what_it_was_for_others(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        early = Texter(later(house, minutes=-12))
        await early.wait_for_a_person()
        async with house.sessions.begin() as session:
            nora = await join(session, house)
            assert await claim_next(session, nora, house.now())
            await close_handoff(session, await early.id(), Ending.RETURNED, house.now())
        await Texter(later(house, minutes=-1)).wait_for_a_person()
        await texter.text(HUMAN)
        desk = engine.asked[-1].told["desk"]
        assert (desk["ahead"], desk["minutes"]) == (1, 25)

    tell(house, story)


def test_a_message_outlasts_the_talk_until_it_may_be_read_no_more(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        await forget_due(later(house, hours=3))
        assert await texter.conversation() is None
        assert await _note(texter) == ["You: call me"]
        await forget_due(later(house, days=6))
        assert await texter.handoff()
        await forget_due(later(house, days=8))
        assert await texter.handoff() is None

    tell(house, story)


def test_a_message_that_was_taken_back_goes_with_the_talk(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        async with house.sessions.begin() as session:
            person_id = await texter.id()
            await revoke_consent(session, person_id, ConsentKind.SHARE, house.now())
        await forget_due(later(house, hours=3))
        assert await texter.handoff() is None

    tell(house, story)


def test_exit_takes_a_message_back(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        hand_over(engine, "message", "You: call me")
        await texter.text("1")
        assert await texter.text("exit") == ["OK."]
        assert await texter.handoff() is None

    tell(house, story)


def test_who_is_at_the_desk(house: House) -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    ids = {}

    async def here(language: str = "en", hours: float = 0) -> set[str]:
        async with house.sessions() as session:
            rows = await find_at_desk(session, language, noon + timedelta(hours=hours))
            return {name for name, staff_id in ids.items() if staff_id in {r.id for r in rows}}

    async def act() -> None:
        async with house.sessions.begin() as session:
            for name in ("nora", "omar", "away", "gone"):
                ids[name] = await join(session, house, "en", at_desk_since=None)
            ids["rosa"] = await join(session, house, "es", at_desk_since=noon)
            for name in ("nora", "omar", "away", "gone"):
                await save_at_desk(session, ids[name], noon)
            await save_away(session, ids["away"])
            (await session.get_one(StaffRow, ids["gone"])).disabled_at = noon
            await save_rest(session, ids["omar"], noon + timedelta(minutes=30))
        assert await here() == {"nora"}
        assert await here("es") == {"rosa"}
        assert await here(hours=0.5) == {"nora", "omar"}
        assert await here(hours=12) == set()
        async with house.sessions.begin() as session:
            await save_rest(session, ids["nora"], noon + timedelta(hours=1))
            await save_at_desk(session, ids["nora"], noon)
        assert await here() == {"nora"}

    run(house, act)


async def _note(texter: Texter) -> list[str]:
    async with texter.house.sessions() as session:
        row = await find_handoff(session, await texter.id())
        assert row is not None
        return open_note(await texter.key(session), row)


async def _may_share(texter: Texter) -> bool:
    async with texter.house.sessions() as session:
        return await find_consent(session, await texter.id(), ConsentKind.SHARE) is not None
