"""A release is put in use, or nothing changes for anybody."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.flows.changes import Change, digest_value
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.errors import TrainingFailed
from bot.flows.own_changes import load_own, save_own
from bot.flows.places import Place, read_value
from bot.flows.published import (
    find_published,
    find_release,
    read_published,
    read_release,
    save_published,
)
from bot.flows.train import find_model, train_beside
from bot.journeys.content import load_journey
from bot.settings import ROOT
from bot.store.publishing import ask_to_publish, call_off
from bot.store.releases import claim_release, save_change, start_release
from bot.store.tables import ReleaseRow, StaffRow
from tests.worker.conftest import open_settings
from tests.worker.engine_door import EngineDoor
from worker.errors import EngineAway
from worker.house import House, build
from worker.release import CalledOff, put_in_use, put_shipped_in_use

QUESTION = Place("question", ("safety_plan", "now_signs"))


class Room:
    """A worker's house with a model, whose engine is a door; and the release that is meant."""

    def __init__(self, home: Path, database_url: str, port: int) -> None:
        self.home, self.release = home, uuid.uuid4()
        settings = open_settings(
            home, database_url, WAYMARK_ENGINE_PORT=str(port), WAYMARK_ENGINE_TOKEN="of-the-test"
        )
        self.house: House = build(settings)
        model = find_model(ROOT, ROOT / "var")
        assert model is not None, "run ./scripts/train first"
        self.model = home / "models" / model.name
        self.model.parent.mkdir(exist_ok=True)
        self.model.symlink_to(model)

    async def begin(self, ask: str, *, approved: bool = True) -> None:
        """A release that asks one question of the safety plan otherwise, in English."""
        before = read_value(Edition(self.house.content()), QUESTION)
        after = {**before, "ask": {**before["ask"], "en": ask}}
        now, staff = datetime.now(UTC), await self._hire()
        async with self.house.sessions.begin() as session:
            self.release = await start_release(session, "Signs", "Clearer", staff, now)
            release = await claim_release(session, self.release)
            assert release is not None
            change = Change(QUESTION, before, after)
            await save_change(session, release, change, digest_value(before), staff, now)
            release.row.state = "approved" if approved else "draft"
        async with self.house.sessions.begin() as session:
            assert await ask_to_publish(session, self.release, staff, None) == approved

    async def _hire(self) -> uuid.UUID:
        staff = uuid.uuid4()
        async with self.house.sessions.begin() as session:
            row = StaffRow(id=staff, email=f"{staff}@staff.example", name="Ada", password_hash="",
                           role="admin", languages=["en"], caseload=5)  # fmt: skip
            session.add(row)
        return staff

    async def row(self) -> ReleaseRow:
        async with self.house.sessions() as session:
            return await session.get_one(ReleaseRow, self.release)

    def asked(self) -> str:
        """What the content in use asks."""
        path = find_published(self.home) / "data" / "journeys" / "safety_plan.yml"
        question = load_journey(path).question("now_signs")
        assert question is not None
        return question.ask["en"]


async def find_nothing(*_: object) -> list[str]:
    """A second look where no conversation goes otherwise."""
    return []


Act = Callable[[Room], Awaitable[Any]]


@pytest.fixture
def run(tmp_path: Path, plain_database_url: str) -> Callable[[Act, int], None]:
    def run(act: Act, port: int) -> None:
        async def inside() -> None:
            room = Room(tmp_path, plain_database_url, port)
            try:
                await act(room)
            finally:
                await room.house.engine.close()
                await room.house.database.dispose()

        asyncio.run(inside())

    return run


def test_a_release_goes_out_and_each_way_back_is_open(run: Any, engine: EngineDoor) -> None:
    async def act(room: Room) -> None:
        shipped = room.asked()
        await room.begin("What tells you that it gets bad?")
        await put_in_use(room.house, room.release, find_nothing)
        assert engine.loaded == [str(room.model)]
        assert room.asked() == "What tells you that it gets bad?"
        row = await room.row()
        assert (row.state, row.progress, row.fault) == ("published", 100, "")
        assert row.published_at is not None

        first = room.release
        await room.begin("Which signs do you know?")
        await put_in_use(room.house, room.release, find_nothing)
        assert room.asked() == "Which signs do you know?"

        room.release = first
        async with room.house.sessions.begin() as session:
            assert await ask_to_publish(session, first, await room._hire(), None)
        await put_in_use(room.house, first, find_nothing)
        assert room.asked() == "What tells you that it gets bad?"
        await put_shipped_in_use(room.house)
        assert room.asked() == shipped

    run(act, engine.port)


def test_a_release_of_an_earlier_version_comes_back_over_what_the_code_brings_now(
    run: Any, engine: EngineDoor
) -> None:
    async def act(room: Room) -> None:
        await room.begin("What tells you that it gets bad?")
        await put_in_use(room.house, room.release, find_nothing)
        root = find_release(room.home, str(room.release))
        own = load_own(root)
        assert own is not None
        save_own(root, replace(own, shipped="of an earlier version"))
        (root / "config.yml").write_text("of an earlier version", encoding="utf-8")
        await put_shipped_in_use(room.house)

        async with room.house.sessions.begin() as session:
            assert await ask_to_publish(session, room.release, await room._hire(), None)
        await put_in_use(room.house, room.release, find_nothing)
        assert (await room.row()).fault == "" and read_release(
            read_published(room.home)
        ) == root.name
        assert room.asked() == "What tells you that it gets bad?"
        now = find_published(room.home)
        assert (now / "config.yml").read_bytes() == (SHIPPED / "config.yml").read_bytes()

    run(act, engine.port)


def test_an_engine_that_refuses_the_model_changes_nothing(run: Any, engine: EngineDoor) -> None:
    async def act(room: Room) -> None:
        shipped, engine.status = room.asked(), 500
        await room.begin("What tells you that it gets bad?")
        await put_in_use(room.house, room.release, find_nothing)
        row = await room.row()
        assert row.state == "approved" and "could not load" in row.fault
        assert room.asked() == shipped

    run(act, engine.port)


def test_an_engine_that_is_away_is_waited_for(run: Any) -> None:
    async def act(room: Room) -> None:
        shipped = room.asked()
        await room.begin("What tells you that it gets bad?")
        with pytest.raises(EngineAway):
            await put_in_use(room.house, room.release, find_nothing)
        assert (await room.row()).state == "publishing"
        assert room.asked() == shipped

    run(act, 9)


def test_what_the_gate_blocks_by_now_stays_inside(run: Any, engine: EngineDoor) -> None:
    async def act(room: Room) -> None:
        await room.begin("You are safe here, always. What tells you that it gets bad?")
        await put_in_use(room.house, room.release, find_nothing)
        row = await room.row()
        assert row.state == "approved" and "gate" in row.fault
        assert engine.loaded == [] and not find_release(room.home, str(row.id)).exists()

    run(act, engine.port)


def test_what_was_changed_in_use_meanwhile_is_not_overwritten(run: Any, engine: EngineDoor) -> None:
    async def act(room: Room) -> None:
        await room.begin("What tells you that it gets bad?")
        edition, file = Edition(SHIPPED), "data/journeys/safety_plan.yml"
        path = ("sections", 0, "questions", 0, "ask", "en")
        edition.put(file, edition.open(file).set(path, "Which signs do you know?"))
        edition.save(find_release(room.home, "a1"))
        save_published(room.home, "a1")
        await put_in_use(room.house, room.release, find_nothing)
        assert room.asked() == "Which signs do you know?"
        assert (await room.row()).state == "approved"

    run(act, engine.port)


def test_nothing_goes_out_unless_it_was_agreed_to_and_is_still_wanted(
    run: Any, engine: EngineDoor
) -> None:
    async def act(room: Room) -> None:
        await room.begin("What tells you that it gets bad?", approved=False)
        await put_in_use(room.house, room.release, find_nothing)
        await room.begin("What tells you that it gets bad?")
        async with room.house.sessions.begin() as session:
            assert await call_off(session, room.release)
        await put_in_use(room.house, room.release, find_nothing)
        assert engine.loaded == [] and (await room.row()).state == "approved"

    run(act, engine.port)


def test_content_that_cannot_be_trained_leaves_no_model(tmp_path: Path) -> None:
    content = tmp_path / "broken"
    Edition(SHIPPED).save(content)
    rules = content / "data" / "rules" / "help.yml"
    rules.write_text("rules: [this is no rule", encoding="utf-8")
    told: list[int] = []

    async def tell(percent: int) -> None:
        told.append(percent)

    with pytest.raises(TrainingFailed, match=r"training\.log"):
        asyncio.run(train_beside(content, tmp_path, tell))
    assert told and find_model(content, tmp_path) is None
    assert not list((tmp_path / "models").glob("d*-*"))


def test_a_training_that_is_called_off_leaves_no_process(tmp_path: Path) -> None:
    content = tmp_path / "content"
    Edition(SHIPPED).save(content)

    async def stop(_: int) -> None:
        raise CalledOff

    with pytest.raises(CalledOff):
        asyncio.run(train_beside(content, tmp_path, stop))
    left = [
        path
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if str(content).encode() in _read_quietly(path)
    ]
    assert not left and not list((tmp_path / "models").glob("d*-*"))


def _read_quietly(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
