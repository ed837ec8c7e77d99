"""An import changes what differs and no more, says what it did, and can be taken back."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.errors import EntriesChangedSince, NothingToUndo
from bot.directory.importing import open_package
from bot.directory.places import Places
from bot.directory.undoing import undo_import
from bot.store.capacities import find_capacities, save_capacity
from bot.store.directory_imports import find_imports, is_edited
from bot.store.tables import EntryChangeRow, EntryRow
from tests.directory.conftest import Directory
from tests.directory.entries import Desk, clinic
from tests.directory.packages import nested, older, tabular, write_csv, write_json

Take = Callable[..., Any]


@pytest.fixture
def desk(directory: Directory, areas: Areas) -> Desk:
    return Desk(directory, areas)


@pytest.fixture
def take(desk: Desk, places: Places, tmp_path: Path) -> Take:
    """Imports these services, a minute after what was before, and returns the import's id."""

    def take_package(content: Any, **more: Any) -> Any:
        write = write_json if isinstance(content, list) else write_csv
        package = open_package(
            write(tmp_path / str(len(list(tmp_path.iterdir()))), content), places, "OR"
        )
        assert package.report.ok
        return desk.directory.take(package, desk.author(), **more)

    return take_package


def _told(directory: Directory) -> dict[str, int]:
    report: dict[str, int] = directory.ask(find_imports)[0].row.report
    return report


def _times(directory: Directory) -> dict[str, Any]:
    async def read(session: AsyncSession) -> dict[str, Any]:
        return {row.id: row.changed_at for row in await session.scalars(select(EntryRow))}

    return directory.ask(read)


def test_an_import_changes_only_what_differs(desk: Desk, take: Take) -> None:
    take(nested())
    before = _times(desk.directory)
    items = nested()
    items[1]["name"] = "Free clinic"
    items[2] = {**items[2], "id": "svc-4", "name": "Another talk line"}
    take(items)
    after = _times(desk.directory)
    assert {one for one in after if before.get(one) != after[one]} == {"svc-2", "svc-4"}
    told = _told(desk.directory)
    assert {name: told[name] for name in ("new", "changed", "gone", "services", "refused")} == {
        "new": 1,
        "changed": 1,
        "gone": 1,
        "services": 3,
        "refused": 0,
    }
    assert desk.listed() == ["svc-1@loc-1", "svc-2@loc-2", "svc-4"]
    (gone, *_) = desk.changes("svc-3")
    assert (gone.before["name"], gone.after) == ("Talk line", None)


def test_what_belongs_to_no_service_is_counted(desk: Desk, take: Take) -> None:
    tables = tabular()
    tables["organizations"].append({"id": "org-9", "name": "Nobody's"})
    tables["locations"].append({"id": "loc-9"})
    take(tables)
    assert _told(desk.directory)["unlinked"] == 2


def test_services_that_are_not_offered_are_entries(desk: Desk, take: Take) -> None:
    items = nested()
    items[1]["status"] = "Inactive"
    take(items)
    assert (desk.find("svc-2").status, desk.listed()) == ("inactive", ["svc-1@loc-1", "svc-3"])


@pytest.mark.parametrize("content", [tabular, older])
def test_an_undone_import_leaves_no_trace(desk: Desk, take: Take, content: Any) -> None:
    take(nested())
    entries, rows = desk.directory.entries(), _rows(desk)
    changed = content()
    changed["services"][1]["name"] = "Renamed clinic"
    changed["services"][2]["id"] = "svc-7"
    for table in ("phones", "service_areas", "attributes", "regular_schedules"):
        for row in changed.get(table, ()):
            row.update({k: "svc-7" for k, v in row.items() if v == "svc-3"})
    second = take(changed)
    assert _rows(desk) != rows
    assert desk.do(undo_import, second) == sum(
        _told(desk.directory)[name] for name in ("new", "changed", "gone")
    )
    assert desk.directory.entries() == entries
    assert _rows(desk) == rows
    with pytest.raises(NothingToUndo):
        desk.do(undo_import, second)


def _rows(desk: Desk) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in row.__table__.columns.keys()}  # noqa: SIM118
        for row in desk.directory.rows()
    ]


def test_the_first_import_can_be_undone_too(desk: Desk, take: Take) -> None:
    first = take(nested())
    assert desk.do(undo_import, first) == 3
    assert (desk.directory.entries(), desk.listed()) == ({}, [])


def test_edits_after_an_import_are_not_lost_unless_it_is_meant(desk: Desk, take: Take) -> None:
    take(nested())
    items = nested()
    items[1]["name"] = "Free clinic"
    second = take(items)
    desk.save({**desk.find("svc-2").document, "name": "Better clinic"})
    with pytest.raises(EntriesChangedSince) as told:
        desk.do(undo_import, second)
    assert list(told.value.entry_ids) == ["svc-2"]
    assert desk.find("svc-2").name == "Better clinic"

    desk.do(undo_import, second, force=True)
    assert desk.find("svc-2").name == "Walk-in clinic"
    newest = desk.changes("svc-2")[0]
    assert (newest.before["name"], newest.after["name"]) == ("Better clinic", "Walk-in clinic")


def test_an_edit_of_another_entry_stays_when_an_import_is_undone(desk: Desk, take: Take) -> None:
    take(nested())
    items = nested()
    items[1]["name"] = "Free clinic"
    second = take(items)
    desk.save({**desk.find("svc-3").document, "name": "Talk to us"})
    desk.do(undo_import, second)
    assert [desk.find(one).name for one in ("svc-2", "svc-3")] == ["Walk-in clinic", "Talk to us"]


def test_the_changes_of_the_last_three_imports_are_kept(desk: Desk, take: Take) -> None:
    made = []
    for number in range(5):
        items = nested()
        items[1]["name"] = f"Clinic {number}"
        made.append(take(items))

    async def find_kept(session: AsyncSession) -> set[Any]:
        return set(await session.scalars(select(EntryChangeRow.import_id)))

    assert desk.directory.ask(find_kept) == set(made[2:])
    with pytest.raises(NothingToUndo):
        desk.do(undo_import, made[1])
    for number in (4, 3, 2):
        desk.do(undo_import, made[number])
    assert desk.find("svc-2").name == "Clinic 1"


def test_a_starts_own_import_is_no_edit(desk: Desk, take: Take) -> None:
    own = take(nested(), own=True)
    assert desk.directory.ask(is_edited) is False
    desk.do(undo_import, own)
    assert desk.directory.ask(is_edited) is True


@pytest.mark.parametrize("edit", ["entry", "import"])
def test_an_edit_is_one(desk: Desk, take: Take, edit: str) -> None:
    take(nested(), own=True)
    desk.save(clinic(name="Free clinic")) if edit == "entry" else take(nested())
    assert desk.directory.ask(is_edited) is True


def test_capacity_of_an_entry_that_stays_is_kept(desk: Desk, take: Take) -> None:
    take(nested())
    said = (4, 10, "beds", None, desk.author().now)
    desk.directory.ask(lambda session: save_capacity(session, "svc-1", *said))
    items = nested()
    items[0]["capacities"] = [_capacity(9)]
    items[1]["capacities"] = [_capacity(2), {"unit": {"name": "Beds"}}]
    take(items)
    found = desk.directory.ask(lambda session: find_capacities(session, ["svc-1", "svc-2"]))
    assert {key: (one.available, one.maximum) for key, one in found.items()} == {
        "svc-1": (4, 10),
        "svc-2": (2, None),
    }
    assert "capacities" not in desk.find("svc-2").document


def _capacity(available: int) -> dict[str, Any]:
    unit = {"id": "u-1", "name": "Beds"}
    return copy.deepcopy({"available": available, "updated": "2026-03-01T10:00:00Z", "unit": unit})


def test_what_becomes_confidential_is_taken_out_of_the_past(desk: Desk, take: Take) -> None:
    take(nested())
    hidden = nested()
    address = hidden[1]["service_at_locations"][0]["location"].pop("addresses")[0]["address_1"]
    for name in ("latitude", "longitude"):
        hidden[1]["service_at_locations"][0]["location"].pop(name, None)
    mark = {"id": "mark-9", "value": "confidential"}
    hidden[1]["attributes"] = [*hidden[1]["attributes"], mark]
    assert address in _past(desk)
    made = take(hidden)
    assert address not in _past(desk)

    desk.do(undo_import, made)
    assert address not in _past(desk)
    assert address not in str(desk.find("svc-2").document)


def _past(desk: Desk) -> str:
    return str([(row.before, row.after) for row in desk.changes("svc-2")])
