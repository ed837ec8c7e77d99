"""A person asks how their referrals stand, and hears of their own and no more than is theirs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.care.consent import ConsentKind, decide_grant
from bot.care.referrals import Content, State
from bot.store.consents import save_consent
from bot.store.referrals import keep_day, move_referral, save_referral
from bot.store.tables import ReferralRow, ServiceRow
from bot.wire.turns import Command
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, join, run
from tests.worker.engine_door import EngineDoor
from worker.house import House, build

Story = Callable[[Texter], Awaitable[None]]
LAWYER, CLINIC = "svc-1", "svc-2"
#: How a referral comes to its day.
TO_A_DAY = (State.SENT, State.ACCEPTED, State.SCHEDULED)


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str, engine: EngineDoor) -> House:
    """A worker's house whose texts nobody takes, and in whose directory there is one lawyer."""
    door = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "t" * 32}
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT, **door))


def tell(house: House, story: Story) -> None:
    """What happens to somebody who is in the middle of a talk."""

    async def act() -> None:
        async with house.sessions.begin() as session:
            session.add(
                ServiceRow(
                    id=LAWYER, name="Alder Legal Aid", organization="", description="", needs=[],
                    keys=[], confidential=False, nationwide=False, languages=[], free=True,
                    schedules=[],
                )
            )  # fmt: skip
        texter = Texter(house)
        await texter.text("hi")
        await story(texter)

    run(house, act)


async def refer(
    texter: Texter, agency: str, *states: State, day: str = "", reason: str | None = None,
    released_before: timedelta = timedelta(),
) -> None:  # fmt: skip
    """A referral that went on to the last of ``states``, made a moment after the one before."""
    async with texter.house.sessions.begin() as session:
        key, now = await texter.key(session), texter.house.now()
        made_by = await join(session, texter.house)
        content = Content(name="Ana", words="her case")
        made = await save_referral(session, key, await texter.id(), agency, content, made_by, now)
        row = await session.get_one(ReferralRow, made)
        if states:
            kind = ConsentKind.SHARE_AGENCY
            release = decide_grant(kind, now - released_before, agency)
            await save_consent(session, await texter.id(), release)
        for state in states:
            move_referral(row, state, now + timedelta(seconds=1), reason=reason)
        if day:
            keep_day(key, row, day)


async def ask(texter: Texter, engine: EngineDoor) -> list[dict[str, Any]]:
    """How the engine is told that they stand."""
    return list((await hear(texter, engine, "see_referrals"))["referrals"])


async def hear(texter: Texter, engine: EngineDoor, about: str) -> Mapping[str, Any]:
    """What the engine is told when the person asks."""
    engine.will_answer(commands=[Command("tell", {"about": about})])
    await texter.text("did the lawyer answer")
    told = engine.asked[-1].told
    assert told["about"] == about
    return told


def test_each_referral_has_the_name_of_the_place_and_its_state(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        await refer(texter, LAWYER, *TO_A_DAY, day="Tue 3 pm")
        await refer(texter, CLINIC)
        assert await ask(texter, engine) == [
            {"agency": CLINIC, "state": "asked", "day": "", "reason": ""},
            {"agency": "Alder Legal Aid", "state": "scheduled", "day": "Tue 3 pm", "reason": ""},
        ]

    tell(house, story)


def test_nothing_passed_on_is_told_as_nothing(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        assert await ask(texter, engine) == []

    tell(house, story)


def test_nobody_hears_of_anothers(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        other = Texter(house)
        await other.text("hi")
        await refer(other, LAWYER, State.SENT)
        assert await ask(texter, engine) == []
        assert len(await ask(other, engine)) == 1

    tell(house, story)


def test_all_that_is_here_counts_them_whatever_became_of_them(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        other = Texter(house)
        await other.text("hi")
        await refer(other, LAWYER, State.SENT)
        assert (await hear(texter, engine, "ask_my_data"))["referrals"] == 0
        await refer(texter, LAWYER, State.REFUSED)
        await refer(texter, CLINIC)
        assert (await hear(texter, engine, "ask_my_data"))["referrals"] == 2

    tell(house, story)


def test_why_a_place_declined_is_told(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        await refer(texter, LAWYER, State.SENT, State.DECLINED, reason="not_eligible")
        assert await ask(texter, engine) == [
            {"agency": "Alder Legal Aid", "state": "declined", "day": "", "reason": "not_eligible"}
        ]

    tell(house, story)


def test_a_day_that_no_longer_holds_is_not_told(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        await refer(texter, LAWYER, *TO_A_DAY, State.DECLINED, day="Tue 3 pm")
        assert await ask(texter, engine) == [
            {"agency": "Alder Legal Aid", "state": "declined", "day": "", "reason": ""}
        ]

    tell(house, story)


def test_a_day_that_says_where_the_place_is_stays_out(house: House, engine: EngineDoor) -> None:
    async def story(texter: Texter) -> None:
        await refer(texter, LAWYER, *TO_A_DAY, day="Tue 3 pm at 12 Harbor Way")
        assert await ask(texter, engine) == [
            {"agency": "Alder Legal Aid", "state": "scheduled", "day": "", "reason": ""}
        ]

    tell(house, story)


@pytest.mark.parametrize(
    ("states", "day", "told"),
    [
        (TO_A_DAY[:1], "", "ran_out"),
        (TO_A_DAY[:2], "", "ran_out"),
        (TO_A_DAY, "Tue 3 pm", "ran_out_after_day"),
        ((State.SENT, State.DECLINED), "", "declined"),
    ],
)
def test_an_open_referral_runs_out_with_its_release(
    house: House, engine: EngineDoor, states: tuple[State, ...], day: str, told: str
) -> None:
    async def story(texter: Texter) -> None:
        week = timedelta(days=7)
        await refer(texter, LAWYER, *states, day=day, released_before=week)
        assert await ask(texter, engine) == [
            {"agency": "Alder Legal Aid", "state": told, "day": day, "reason": ""}
        ]

    tell(house, story)


def test_one_release_that_ran_out_leaves_another_places_open(
    house: House, engine: EngineDoor
) -> None:
    async def story(texter: Texter) -> None:
        nearly = timedelta(days=6, hours=23)
        await refer(texter, LAWYER, State.SENT, released_before=timedelta(days=8))
        await refer(texter, CLINIC, State.SENT, released_before=nearly)
        told = {one["agency"]: one["state"] for one in await ask(texter, engine)}
        assert told == {"Alder Legal Aid": "ran_out", CLINIC: "sent"}

    tell(house, story)
