"""Learning from what was not understood: only of whoever agreed, only stripped, not for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import Ending
from bot.store import people
from bot.store.accesses import find_accesses
from bot.store.closed_handoffs import close_handoff
from bot.store.consents import find_consent, save_consent
from bot.store.covers import save_cover
from bot.store.misread import MOST, MOST_A_DAY, disclose_misread, find_misread
from bot.store.sealed import unseal
from bot.store.tables import MisreadRow
from bot.wire.turns import Command
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, later, run
from tests.worker.engine_door import EngineDoor
from worker.house import House, build
from worker.sweep import forget_due

MISREAD = Command("misread", {"likely": "ask_can_do"})
LEARN = Command("consent", {"kind": "learn", "granted": True})
NO_LEARN = Command("consent", {"kind": "learn", "granted": False})
TYPED = "can i bring my dog zebedee7731 to the place in eugene or not"
KEPT = "can i bring my dog … to the place in … or not"


@pytest.fixture
def house(engine: EngineDoor, tmp_path: Path, plain_database_url: str) -> House:
    door = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "of-the-test"}
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT, **door))


class Learner:
    """A person, and an engine that does not understand them."""

    def __init__(self, house: House, engine: EngineDoor) -> None:
        self.texter, self.engine = Texter(house), engine

    async def begin(self, *commands: Command) -> None:
        """Said hello; the engine then has ``commands`` for the house, and nothing is open."""
        self.engine.will_answer("Is it safe?")
        await self.texter.text("hi")
        self.engine.will_answer("Fine.", commands=commands)
        await self.texter.text("ok")

    async def miss(self, text: str = TYPED, asked: str | None = None) -> None:
        """Text something that the engine does not understand, while ``asked`` is open."""
        slots = {"requested_slot": asked} if asked else {}
        self.engine.will_answer("What?", commands=[MISREAD], misses=1, **slots)
        await self.texter.text(text)

    async def open_question(self, asked: str) -> None:
        """Something that leads to a question."""
        self.engine.will_answer("Tell me.", requested_slot=asked)
        await self.texter.text("go on")

    async def kept(self) -> list[str]:
        """What is kept of them, in clear."""
        async with self.texter.house.sessions() as session:
            key = await self.texter.key(session)
            mine = MisreadRow.person_id == await self.texter.id()
            rows = (await session.scalars(select(MisreadRow).where(mine))).all()
            return [unseal(key, MisreadRow, "words", row.id, row.words) for row in rows]


def learn(house: House, engine: EngineDoor) -> Learner:
    """A person with their engine."""
    return Learner(house, engine)


def test_without_the_consent_nothing_is_kept_and_with_it_only_what_was_stripped(
    house: House, engine: EngineDoor
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin()
        await ana.miss()
        assert await ana.kept() == []
        engine.will_answer("Thanks.", commands=[LEARN])
        await ana.texter.text("yes")
        assert await ana.kept() == []
        await ana.miss()
        assert await ana.kept() == [KEPT]
        await ana.open_question("need")
        await ana.miss("what is this all about then", asked="need")
        assert sorted(await ana.kept()) == [KEPT, "what is this all about then"]

    run(house, act)


@pytest.mark.parametrize("asked", ["place", "safe", "go_on", "remember"])
def test_what_answers_a_question_that_takes_a_persons_own_words_is_not_kept(
    house: House, engine: EngineDoor, asked: str
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.open_question(asked)
        await ana.miss(asked=asked)
        assert await ana.kept() == []

    run(house, act)


def test_what_is_said_in_a_journey_or_led_out_of_one_is_not_kept(
    house: House, engine: EngineDoor
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        journey = {"journey": {"journey": "safety_plan", "at": "words"}}
        engine.will_answer("Tell me.", requested_slot="journey_step", **journey)
        await ana.texter.text("plan")
        # The journey steps aside, and the same message is read once more.
        engine.will_answer(commands=[Command("read_again", {})])
        await ana.miss()
        assert await ana.kept() == []

    run(house, act)


@pytest.mark.parametrize("sign", ["danger", "handoff", "cover", "memory"])
def test_nothing_is_kept_near_danger_a_navigator_or_a_secret(
    house: House, engine: EngineDoor, sign: str
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        if sign == "danger":
            await ana.texter.text("he will kill me")
            async with house.sessions.begin() as session:  # nobody waits for them any more
                await close_handoff(session, await ana.texter.id(), Ending.RETURNED, house.now())
        if sign == "handoff":
            await ana.texter.wait_for_a_person()
        async with house.sessions.begin() as session:
            person_id, key = await ana.texter.id(), await ana.texter.key(session)
            if sign == "cover":
                await save_cover(session, key, person_id, "clinic", "roses")
            if sign == "memory":
                given = decide_grant(ConsentKind.REMEMBER, house.now())
                await save_consent(session, person_id, given)
        await ana.miss()
        assert await ana.kept() == []

    run(house, act)


def test_a_message_that_a_safety_rule_knows_is_not_kept_whatever_the_engine_says(
    house: House, engine: EngineDoor
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.miss("can i talk to a real person please")
        assert await ana.texter.handoff() is not None
        assert await ana.kept() == []

    run(house, act)


def test_a_repeated_consent_covers_no_message_from_before_it(
    house: House, engine: EngineDoor
) -> None:
    """The consent comes with the message itself: that one was sent before."""

    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin()
        engine.will_answer("What?", commands=[LEARN, MISREAD], misses=1)
        await ana.texter.text(TYPED)
        assert await ana.kept() == []

    run(house, act)


def test_only_so_many_are_kept_of_a_day_and_of_a_person(house: House, engine: EngineDoor) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        for _ in range(MOST_A_DAY + 1):
            await ana.miss()
        assert len(await ana.kept()) == MOST_A_DAY
        async with house.sessions.begin() as session:
            row = (await session.scalars(select(MisreadRow))).first()
            assert row is not None
            yesterday = row.day - timedelta(days=1)
            for one in await session.scalars(select(MisreadRow)):
                one.day = yesterday
        await ana.miss()
        assert len(await ana.kept()) == MOST_A_DAY + 1
        assert MOST == 20

    run(house, act)


@pytest.mark.parametrize("way", ["no", "EXIT", "STOP", "forget me"])
def test_who_takes_it_back_or_leaves_is_learned_from_no_more(
    house: House, engine: EngineDoor, way: str
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.miss()
        assert await ana.kept() == [KEPT]
        if way == "no":
            engine.will_answer("OK.", commands=[NO_LEARN])
        await ana.texter.text(way)
        assert await ana.kept() == []
        async with house.sessions() as session:
            found = await find_consent(session, await ana.texter.id(), ConsentKind.LEARN)
            assert found is None or found.revoked_at is not None

    run(house, act)


def test_taking_it_back_from_the_list_deletes_too(house: House, engine: EngineDoor) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.miss()
        engine.will_answer(commands=[Command("take_back", {"id": "learn"})])
        engine.will_answer("Taken back.")
        await ana.texter.text("take back")
        assert await ana.kept() == []
        await ana.miss()
        assert await ana.kept() == []

    run(house, act)


@pytest.mark.parametrize(("days", "left"), [(29, [KEPT]), (30, []), (91, [])])
def test_a_silence_ends_nothing_but_time_does(
    house: House, engine: EngineDoor, days: int, left: Sequence[str]
) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.miss()
        await forget_due(later(house, days=days))
        if days > 90:  # nothing is left of them at all
            async with house.sessions() as session:
                assert await people.find_person(session, ana.texter.pseudonym()) is None
        else:
            assert await ana.kept() == left

    run(house, act)


def test_who_looks_is_told_of_once_a_day(house: House, engine: EngineDoor) -> None:
    async def act() -> None:
        ana = learn(house, engine)
        await ana.begin(LEARN)
        await ana.miss()
        await ana.miss("what is this all about then")
        now = house.now()
        async with house.sessions.begin() as session:
            key = await ana.texter.key(session)
            for who in ("Ada", "Ada", "Max"):
                for row in await find_misread(session, now):
                    await disclose_misread(session, key, row, who, now)
            told = await find_accesses(session, key, await ana.texter.id())
            assert sorted((one.who, one.what) for one in told) == [
                ("Ada", "misread"), ("Max", "misread"),
            ]  # fmt: skip

    run(house, act)
