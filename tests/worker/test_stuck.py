"""Where talks get stuck is counted, and nobody who got stuck there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from bot.store.tables import StepCountRow
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, later, run
from tests.worker.engine_door import EngineDoor
from worker.house import House, build
from worker.sweep import forget_due


@pytest.fixture
def house(engine: EngineDoor, tmp_path: Path, plain_database_url: str) -> House:
    door = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "of-the-test"}
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT, **door))


async def find_counts(house: House) -> list[tuple[str, str]]:
    async with house.sessions() as session:
        rows = await session.execute(select(StepCountRow.step, StepCountRow.what))
        return sorted((row.step, row.what) for row in rows)


def test_each_miss_counts_at_its_question_and_the_end_at_the_last(
    house: House, engine: EngineDoor
) -> None:
    async def act() -> None:
        texter = Texter(house)
        for text, misses, asked in (
            ("hi", 0, "need"), ("qwrt", 1, "need"), ("zxcv", 2, "need"), ("food", 0, "place"),
            ("hmm", 1, "place"), ("97401", 0, "place"),
        ):  # fmt: skip
            engine.will_answer("Go on.", misses=misses, requested_slot=asked)
            assert await texter.text(text) == ["Go on."]
        missed = [("need", "misunderstood")] * 2 + [("place", "misunderstood")]
        assert await find_counts(house) == missed
        await forget_due(later(house, days=30))
        assert await find_counts(house) == sorted([*missed, ("place", "left")])

    run(house, act)


def test_a_talk_without_an_open_question_was_not_left_at_one(
    house: House, engine: EngineDoor
) -> None:
    async def act() -> None:
        engine.will_answer("Take care.", misses=0)
        await Texter(house).text("bye")
        await forget_due(later(house, days=30))
        assert await find_counts(house) == []

    run(house, act)


def test_a_count_has_no_room_for_a_person() -> None:
    columns = {column.name for column in inspect(StepCountRow).columns}
    assert columns == {"id", "step", "what", "month"}
