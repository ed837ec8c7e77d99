"""A conversation is played before anybody has it, and nothing of it stays."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from bot.flows.changes import Change, digest_value
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.places import Place, read_value
from bot.flows.published import find_release, read_published, save_published
from bot.flows.scripts import FOLDER, Turn, load_scripts
from bot.flows.train import find_model
from bot.settings import Secret, Settings
from bot.store.publishing import ask_to_publish
from bot.store.rehearsals import EVERYTHING, Wish, ask_to_rehearse, find_rehearsal
from bot.store.releases import claim_release, save_change, start_release
from bot.store.scripts import agree_to_script
from bot.store.tables import Base, RehearsalRow, ReleaseRow, StaffRow
from bot.wire.turns import TurnRequest
from tests.house import RunningHouse, wait_for
from tests.worker.conftest import open_settings
from worker.house import House, build
from worker.rehearsal.play import Talk, play
from worker.rehearsal.second_look import SecondLook
from worker.rehearsal.seen import load_reading, name_replies, render_heard
from worker.rehearsal.stage import Stage
from worker.rehearsal.talks import play_script
from worker.rehearse import rehearse
from worker.release import put_in_use

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]

SIGNS = Place("question", ("safety_plan", "now_room"))
#: As far as the first question of the safety plan, which the draft asks otherwise or not at all.
TO_THE_PLAN = ["hi", "yes", "ok", "no", "plan"]
#: What only a turn, a booking or a handoff writes.
JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE task_name IN ('turn', 'deliver', 'publish')"
BOOKED = "A visit in own wishes, with a name, and a reminder in own words"
LEFT_A_MESSAGE = "A message for the team, seen and changed before it goes"

Act = Callable[[House], Awaitable[None]]


@pytest.fixture
def home(stack: RunningHouse, tmp_path: Path) -> Path:
    """A house's folder with the model of the content as it was installed."""
    (tmp_path / "models").symlink_to(stack.home / "models")
    return tmp_path


@pytest.fixture
def settings(stack: RunningHouse, home: Path) -> Settings:
    """The running house's database and engine, and a folder of its own."""
    return open_settings(
        home,
        stack.settings.database_url.reveal(),
        WAYMARK_ENGINE_PORT=str(stack.settings.engine_port),
        WAYMARK_ENGINE_TOKEN=stack.settings.engine_token.reveal(),
    )


@pytest.fixture
def settings_apart(settings: Settings, plain_database_url: str) -> Settings:
    """The same with a database of this test's own."""
    return replace(settings, database_url=Secret(plain_database_url))


@pytest.fixture
def run(settings: Settings) -> Callable[..., None]:
    """Runs with a worker's house."""

    def run(act: Act, settings: Settings = settings) -> None:
        async def inside() -> None:
            house = build(settings)
            try:
                await act(house)
            finally:
                await house.engine.close()
                await house.database.dispose()

        asyncio.run(inside())

    return run


@pytest.fixture
def nothing_else_happens(stack: RunningHouse) -> Iterator[None]:
    """The worker is away, so that nobody sweeps up behind other tests."""
    stack.kill("worker")
    try:
        yield
    finally:
        stack.start("worker")
        stack.wait_until_healthy()


@pytest.mark.usefixtures("nothing_else_happens")
@pytest.mark.parametrize("name", [BOOKED, LEFT_A_MESSAGE])
def test_nothing_is_left_of_a_booking_or_a_message_for_the_team(
    run: Any, settings: Settings, name: str
) -> None:
    async def act(house: House) -> None:
        reading = load_reading(house.content())
        (script,) = [one for one in load_scripts(SHIPPED) if one.name == name]
        before = _read_everything(settings)
        played = await play_script(house, reading, script)
        asked = {one.name for heard in played.heard for _, a in heard.steps for one in a.commands}
        assert played.difference is None
        assert {"book", "cancel_booking", "hold_slot"} & asked or "hand_over" in asked
        assert _read_everything(settings) == before

    run(act)


def test_it_is_seen_how_each_answer_came_about(run: Any) -> None:
    async def act(house: House) -> None:
        said = ["hello", "yes", "he is going to kill me", "forget me", "hi", "x" * 2000]
        heard = await _look(house, Talk("sms", "en", said))
        assert [one["hears"] for one in heard] == [
            ["utter_ask_safe"],
            ["utter_ask_go_on"],
            ["utter_care_danger"],
            ["utter_care_forgot"],
            ["utter_ask_safe"],
            ["utter_care_too_long"],
        ]
        first, second, danger, forgot, _, long = heard
        assert first["payload"] == "/begin" and first["understood"] == []
        assert first["answered_by"] == {"kind": "rule", "name": "Begin", "topic": "welcome"}
        assert second["understood"][0]["intent"] == "affirm" and len(second["understood"]) == 3
        assert second["answered_by"] == {"kind": "form", "name": "welcome_form"}
        assert second["slots"]["safe"] is True and second["next"] == "go_on"
        assert {"name": "action_ask_go_on", "policy": ""} in second["actions"]
        assert second["replies"][0]["text"].endswith("\n3 Not now")
        assert second["replies"][0]["segments"] == 2
        assert danger["finding"] == {"kind": "danger", "language": "en"}
        assert danger["answered_by"] == {"kind": "safety", "name": "danger"}
        assert danger["next"] == "go_on" and danger["slots"] == {}
        assert forgot["next"] == ""
        assert long["answered_by"] == {"kind": "house", "name": ""}

    run(act)


def test_each_channel_and_language_has_its_own_words(run: Any) -> None:
    async def act(house: House) -> None:
        web = await _look(house, Talk("web", "es", ["1", "1"]))
        assert web[0]["replies"][0]["options"][0] == "Sí, puedo"
        assert "\n" not in web[0]["replies"][0]["text"]
        assert web[0]["replies"][0]["segments"] is None
        telegram = await _look(house, Talk("telegram", "en", ["hi", "yes"]))
        assert "Telegram" in telegram[1]["replies"][0]["text"]
        assert telegram[1]["hears"] == ["utter_ask_go_on"]

    run(act)


def test_what_people_hear_is_never_explained(settings: Settings) -> None:
    turn = TurnRequest("person", "turn", "en", {}, None, payload="/begin").to_json()
    plain, told = (_take(settings, one) for one in (turn, {**turn, "explain": True}))
    assert "why" not in plain and told["why"]["actions"]
    assert "explain" not in turn


def test_many_messages_at_once_are_no_flood(run: Any) -> None:
    async def act(house: House) -> None:
        heard = await _look(house, Talk("sms", "en", ["hi"] * 25))
        names = [name for one in heard for name in one["hears"]]
        assert all(one["hears"] for one in heard) and "utter_care_slow_down" not in names

    run(act)


def test_a_draft_is_played_breaks_a_conversation_and_goes_out_once_agreed_to(
    run: Any, home: Path, settings_apart: Settings
) -> None:
    async def act(house: House) -> None:
        _install_few_conversations(home)
        stage = Stage(house.settings, kept_for=20.0)
        release = await _begin(house, None)
        try:
            await _play_both(house, stage, release)
            await _publish(house, stage, release, refused=True)
            everything = await _rehearse(house, stage, Wish(release, "sms", "en", (), EVERYTHING))
            (found,) = everything["differences"]
            assert found["expected"] == ["safety_plan.start", "safety_plan.now_room"]
            assert not found["promise"] and not found["already"]
            await _agree(house, release, found["script"], found["heard_turns"])
            await _publish(house, stage, release, refused=False)
            assert read_published(home) == str(release)
            agreed = {one.key: one for one in load_scripts(find_release(home, str(release)))}
            turns = agreed["en", found["script"]].turns
            assert turns == tuple(map(Turn.from_json, found["heard_turns"]))
            assert _find_parts()
            await asyncio.to_thread(wait_for, lambda: not _find_parts(), "its end", 60)
            assert not stage.home.exists()
        finally:
            await stage.close()

    run(act, settings_apart)


def test_a_worker_that_is_killed_leaves_nothing_and_another_one_plays_again(
    own_house: RunningHouse,
) -> None:
    settings = own_house.settings
    before = _read_everything(settings)
    try:
        rehearsal = asyncio.run(_ask(settings, Wish(None, "sms", "en", ["hi"] * 60)))
        wait_for(lambda: _is_playing(settings), "the play")
        own_house.kill("worker")
        wait_for(lambda: not _is_playing(settings), "the end of it")
        assert _read_everything(settings) == before
        assert _row(settings, rehearsal).state == "playing"
    finally:
        own_house.start("worker")
    wait_for(lambda: _row(settings, rehearsal).state == "done", "the second play", 200)
    result = _row(settings, rehearsal).result
    assert result is not None and len(result["turns"]) == 60
    assert _read_everything(settings) == before


async def _look(house: House, talk: Talk) -> list[dict[str, Any]]:
    reading = load_reading(house.content())
    return [
        render_heard(reading, talk, heard, name_replies(reading, talk, heard, []))
        for heard in await play(house, talk)
    ]


async def _play_both(house: House, stage: Stage, release: uuid.UUID) -> None:
    """The draft asks otherwise than what is in use, and is quick once it is on the stage."""
    now = await _rehearse(house, stage, Wish(None, "sms", "en", TO_THE_PLAN))
    draft = await _rehearse(house, stage, Wish(release, "sms", "en", TO_THE_PLAN))
    assert now["turns"][-1]["hears"] == ["safety_plan.start", "safety_plan.now_room"]
    assert draft["turns"][-1]["hears"] == ["safety_plan.start", "safety_plan.papers_take"]
    parts = _find_parts()
    again = await _rehearse(house, stage, Wish(release, "sms", "en", [*TO_THE_PLAN, "skip"]))
    assert [one["hears"] for one in again["turns"][:-1]] == [one["hears"] for one in draft["turns"]]
    assert len(parts) == 2 and _find_parts() == parts


async def _publish(house: House, stage: Stage, release: uuid.UUID, *, refused: bool) -> None:
    async with house.sessions.begin() as session:
        row = await session.get_one(ReleaseRow, release)
        row.state = "approved"
        assert row.made_by is not None
        assert await ask_to_publish(session, release, row.made_by, None)
    await put_in_use(house, release, SecondLook(house, stage))
    async with house.sessions() as session:
        row = await session.get_one(ReleaseRow, release)
        if refused:
            assert row.state == "approved" and "'The plan begins' (en) goes" in row.fault
            assert len(row.fault.splitlines()) == 1
        else:
            assert (row.state, row.fault) == ("published", "")


async def _agree(house: House, release: uuid.UUID, name: str, turns: Sequence[Any]) -> None:
    (script,) = [one for one in load_scripts(house.content()) if one.name == name]
    async with house.sessions.begin() as session:
        claimed = await claim_release(session, release)
        assert claimed is not None and claimed.row.made_by is not None
        as_heard = type(script)(name, "en", tuple(map(Turn.from_json, turns)))
        now = datetime.now(UTC)
        await agree_to_script(session, claimed, as_heard, claimed.row.made_by, now)
        assert claimed.row.state == "draft"


async def _rehearse(house: House, stage: Stage, wish: Wish) -> dict[str, Any]:
    async with house.sessions.begin() as session:
        rehearsal = await ask_to_rehearse(session, wish, None, house.now())
    await rehearse(house, stage, rehearsal)
    async with house.sessions() as session:
        row = await find_rehearsal(session, rehearsal)
    assert row is not None and (row.state, row.progress, row.fault) == ("done", 100, "")
    assert row.result is not None
    return row.result


async def _begin(house: House, after: Any) -> uuid.UUID:
    """A release with something else in the place of one question."""
    now, staff = datetime.now(UTC), uuid.uuid4()
    before = read_value(Edition(house.content()), SIGNS)
    async with house.sessions.begin() as session:
        session.add(_staff(staff))
        await session.flush()
        found = await start_release(session, "Shorter", "Too long", staff, now)
        release = await claim_release(session, found)
        assert release is not None
        change = Change(SIGNS, before, after)
        await save_change(session, release, change, digest_value(before), staff, now)
    return found


def _staff(staff: uuid.UUID) -> StaffRow:
    return StaffRow(id=staff, email=f"{staff}@staff.example", name="Ada", password_hash="",
                    role="admin", languages=["en"], caseload=5)  # fmt: skip


def _install_few_conversations(home: Path) -> None:
    """All of the content, with one conversation to go as it is written, beside the promises."""
    root = find_release(home, "a1")
    Edition(SHIPPED).save(root)
    for file in (root / FOLDER).glob("*/*.yml"):
        file.unlink()
    hears = [
        ["utter_ask_safe"], ["utter_ask_go_on"], ["utter_ask_remember"],
        ["utter_not_kept", "utter_ask_need"], ["safety_plan.start", "safety_plan.now_room"],
    ]  # fmt: skip
    turns = "".join(
        f"  - says: '{says}'\n    hears: [{', '.join(names)}]\n"
        for says, names in zip(TO_THE_PLAN, hears, strict=True)
    )
    (root / FOLDER / "en" / "few.yml").write_text(f"- name: The plan begins\n  turns:\n{turns}")
    save_published(home, "a1")
    assert find_model(root, home) is not None


def _take(settings: Settings, turn: dict[str, Any]) -> dict[str, Any]:
    answer = httpx.post(
        f"http://127.0.0.1:{settings.engine_port}/webhooks/turn/take",
        json=turn,
        headers={"Authorization": f"Bearer {settings.engine_token.reveal()}"},
        trust_env=False,
        timeout=30,
    )
    return dict(answer.json())


async def _ask(settings: Settings, wish: Wish) -> uuid.UUID:
    house = build(settings)
    async with house.sessions.begin() as session:
        rehearsal = await ask_to_rehearse(session, wish, None, house.now())
    await house.database.dispose()
    return rehearsal


def _row(settings: Settings, rehearsal: uuid.UUID) -> RehearsalRow:
    async def look() -> RehearsalRow:
        house = build(settings)
        async with house.sessions() as session:
            row = await find_rehearsal(session, rehearsal)
        await house.database.dispose()
        assert row is not None
        return row

    return asyncio.run(look())


def _is_playing(settings: Settings) -> bool:
    """Whether somebody has been in one transaction for a while."""
    with psycopg.connect(settings.database_url.reveal()) as connection:
        found = connection.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND state LIKE 'idle in transaction%' AND xact_start < now() - interval '1 second'"
        )
        return found.fetchone() is not None


def _read_everything(settings: Settings) -> Any:
    """How many rows each table has, and what is in them; and the jobs of talks."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name != "rehearsal"]
    with psycopg.connect(settings.database_url.reveal()) as connection:
        found: dict[str, Any] = {}
        for name in names:
            rows = "count(*), md5(string_agg(t::text, ',' ORDER BY t::text))"
            found[name] = connection.execute(f"SELECT {rows} FROM {name} t").fetchone()
        found["jobs"] = connection.execute(JOBS).fetchone()
        return found


def _find_parts() -> set[int]:
    """The processes that this one started last in the line for a core."""
    return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _is_part(path)}


def _is_part(stat: Path) -> bool:
    try:
        parent = int(stat.read_text().rpartition(")")[2].split()[1])
        return (
            parent == os.getpid() and os.getpriority(os.PRIO_PROCESS, int(stat.parent.name)) == 19
        )
    except OSError:  # it has ended meanwhile
        return False
