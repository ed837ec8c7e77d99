"""A place that becomes confidential is in no past: not in that of others, nor of an import."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.errors import NothingToUndo
from bot.directory.importing import open_package
from bot.directory.places import Places
from bot.directory.undoing import undo_import
from bot.store.hidden_places import find_hidden_places
from bot.store.tables import EntryChangeRow
from tests.directory.conftest import Directory
from tests.directory.entries import Desk, clinic, dentist
from tests.directory.packages import nested, write_json

ADDRESS = "12 Sample Street"
Take = Callable[[list[dict[str, Any]]], Any]


@pytest.fixture
def desk(directory: Directory, areas: Areas) -> Desk:
    return Desk(directory, areas)


@pytest.fixture
def take(desk: Desk, places: Places, tmp_path: Path) -> Take:
    """Imports these services."""

    def take_package(content: list[dict[str, Any]]) -> Any:
        package = open_package(write_json(tmp_path, content), places, "OR")
        assert package.report.ok
        return desk.directory.take(package, desk.author())

    return take_package


def hide(document: dict[str, Any]) -> dict[str, Any]:
    """The same service, whose place is confidential now."""
    hidden = copy.deepcopy(document)
    location = hidden["service_at_locations"][0]["location"]
    for name in ("addresses", "latitude", "longitude"):
        location.pop(name)
    location["attributes"] = [{"value": "confidential"}]
    return hidden


def move_out(document: dict[str, Any]) -> dict[str, Any]:
    """The same service, which is at no place any more."""
    return {**document, "service_at_locations": []}


def is_known(desk: Desk) -> bool:
    """Whether the address lies in anybody's past."""

    async def read(session: AsyncSession) -> bool:
        rows = await session.scalars(select(EntryChangeRow))
        return any(ADDRESS in json.dumps([row.before, row.after]) for row in rows)

    return desk.directory.ask(read)


def test_not_in_that_of_a_service_that_has_left_it(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(dentist())
    desk.save(move_out(dentist()))
    assert is_known(desk)
    desk.save(hide(clinic()))
    assert not is_known(desk)
    assert [change.after["name"] for change in desk.changes("svc-9")] == ["Dentist", "Dentist"]


def test_an_import_that_took_a_service_away_does_not_bring_the_address_back(
    desk: Desk, take: Take
) -> None:
    take([*nested(), dentist()])
    made = take(nested())
    desk.save(hide(clinic()))
    assert not is_known(desk)
    with pytest.raises(NothingToUndo):
        desk.do(undo_import, made)
    assert not any(row.address for row in desk.directory.rows())


def test_an_import_that_hides_a_place_leaves_it_with_nobody(desk: Desk, take: Take) -> None:
    take([*nested(), dentist()])
    shelter, _, line = nested()
    made = take([shelter, hide(clinic()), line])
    assert not is_known(desk)
    with pytest.raises(NothingToUndo):
        desk.do(undo_import, made)
    assert not any(row.address for row in desk.directory.rows())


def test_what_stays_open_keeps_its_past(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(clinic(name="Clinic"))
    shelter = nested()[0]
    desk.save(shelter)
    desk.save({**shelter, "name": "Harbor House"})
    assert [change.after["name"] for change in desk.changes("svc-2")] == [
        "Clinic",
        clinic()["name"],
    ]
    assert desk.changes("svc-1")[1].after["name"] == shelter["name"]
    assert is_known(desk)


def test_an_import_knows_what_was_hidden_before(desk: Desk, take: Take) -> None:
    assert desk.directory.ask(find_hidden_places) == set()
    shelter, _, line = nested()
    take([shelter, hide(clinic()), line])
    assert desk.directory.ask(find_hidden_places) == {"loc-1", "loc-2"}
