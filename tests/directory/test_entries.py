"""An entry is edited: its listings follow, shared facts too, and nothing is given away."""

from __future__ import annotations

import asyncio
import copy
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.entries import retire_entry, save_entry, undo_change
from bot.directory.errors import ChangedMeanwhile, EntryRefused, NothingToUndo
from bot.store.database import connect, sessions
from bot.store.entries import find_entry
from tests.directory.conftest import Directory
from tests.directory.entries import SECRET, TEXT, Desk, clinic, dentist, later
from tests.directory.packages import nested

HIDDEN = {"value": "confidential"}


@pytest.fixture
def desk(directory: Directory, areas: Areas) -> Desk:
    return Desk(directory, areas)


def _location(document: dict[str, Any]) -> dict[str, Any]:
    location: dict[str, Any] = document["service_at_locations"][0]["location"]
    return location


def _moved(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    moved = copy.deepcopy(document)
    _location(moved).update(changes)
    return moved


def test_a_new_entry_is_found_at_once(desk: Desk) -> None:
    report = desk.save(clinic())
    assert (report.refused, report.leaks, report.services) == ([], [], 1)
    (listing,) = desk.directory.rows()
    assert (listing.id, listing.phone) == ("svc-2@loc-2", "503-555-0101")
    row = desk.find("svc-2")
    assert (row.name, row.organization, row.organization_id) == (
        "Walk-in clinic",
        "River Clinic",
        "org-2",
    )
    assert (row.location_ids, row.status, str(row.assured)) == (["loc-2"], "active", "2026-01-15")


def test_only_the_listings_of_that_entry_are_made_anew(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(nested()[0])
    places = clinic()["service_at_locations"]
    moved = [{"id": "at-7", "location": {"id": "loc-7", "latitude": 44.41, "longitude": -122.71}}]
    desk.save(clinic(name="Clinic of two houses", service_at_locations=[*places, *moved]))
    assert desk.listed() == ["svc-1@loc-1", "svc-2@loc-2", "svc-2@loc-7"]
    desk.save(clinic(service_at_locations=moved))
    assert desk.listed() == ["svc-1@loc-1", "svc-2@loc-7"]
    assert [row.name for row in desk.directory.rows()] == ["Harbor House shelter", "Walk-in clinic"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"phones": [], "url": ""}, "nobody could reach it: no phone, no text line, no website"),
        ({"attributes": [], "name": "Something"}, "no need fits its taxonomy or name"),
        ({"organization": None}, "its organization is not in the package"),
        ({"status": "gone"}, "the status is none of active, inactive, defunct, temporarily closed"),
        (
            {"schedules": [{"byday": "MO", "opens_at": "25:00", "closes_at": "26:00"}]},
            "the opening hours hold a time or a day that does not exist",
        ),
        ({"assured_date": "soon"}, "assured_date is not a date; left out"),
        ({"id": "x" * 501}, "its id with its place's is too long or taken"),
    ],
)
def test_what_an_import_would_refuse_is_not_saved(
    desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    desk.save(clinic())
    before = desk.directory.entries()
    with pytest.raises(EntryRefused) as refused:
        desk.save(clinic(**changes))
    assert [one.reason for one in refused.value.report.refused] == [reason]
    assert desk.directory.entries() == before
    assert desk.listed() == ["svc-2@loc-2"]


@pytest.mark.parametrize(
    "leaking",
    [
        clinic(attributes=[*clinic()["attributes"], HIDDEN]),
        _moved(clinic(), attributes=[HIDDEN]),
        _moved(clinic(), attributes=[HIDDEN], addresses=[], latitude=44.6, longitude=-122.8),
        {**nested()[0], "description": f"Come to {SECRET}"},
        {**nested()[0], "phones": [{"number": "503-555-0100", "description": f"At {SECRET}"}]},
        {**nested()[0], "attributes": [*nested()[0]["attributes"], {"value": SECRET}]},
        {
            **nested()[0],
            "contacts": [{"id": "c", "phones": [{"number": "1", "description": SECRET}]}],
        },
    ],
)
def test_a_document_that_gives_a_place_away_is_never_stored(
    desk: Desk, leaking: dict[str, Any]
) -> None:
    with pytest.raises(EntryRefused) as refused:
        desk.save(leaking)
    assert refused.value.report.leaks
    assert desk.directory.entries() == {}
    assert desk.listed() == []
    assert SECRET not in str(refused.value.report.leaks)


def test_what_was_wrong_before_does_not_stop_an_edit(desk: Desk, directory: Directory) -> None:
    wrong = clinic(schedules=[{"byday": "MO", "opens_at": "25:00", "closes_at": "26:00"}])
    desk.save(clinic())

    async def spoil(session: AsyncSession) -> None:
        row = await find_entry(session, "svc-2")
        assert row is not None
        row.document = {**row.document, "schedules": wrong["schedules"]}

    directory.ask(spoil)
    document = {**desk.find("svc-2").document, "assured_date": "2026-03-01"}
    assert desk.save(document).refused
    assert str(desk.find("svc-2").assured) == "2026-03-01"


def test_a_shared_place_is_changed_in_both(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(dentist())
    address = {**_location(clinic())["addresses"][0], "address_1": "99 Example Avenue"}
    desk.save(_moved(clinic(), addresses=[address]))
    assert {row.address for row in desk.directory.rows()} == {
        "99 Example Avenue, Alder Falls OR 97999"
    }
    entries = desk.directory.entries()
    assert _location(entries["svc-2"]) == _location(entries["svc-9"])
    assert [len(desk.changes(one)) for one in ("svc-2", "svc-9")] == [2, 2]


def test_a_shared_organization_is_changed_in_both(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(dentist())
    desk.save(dentist(organization={"id": "org-2", "name": "River Health"}))
    assert {row.organization for row in desk.directory.rows()} == {"River Health"}
    assert desk.find("svc-2").organization == "River Health"


def test_a_place_that_becomes_confidential_is_so_for_all_and_their_texts_are_looked_at(
    desk: Desk,
) -> None:
    bare = _moved(clinic(), addresses=[], latitude=None, longitude=None)
    desk.save(bare)
    desk.save({**bare, "id": "svc-9", "name": "Dentist clinic", "description": f"At {SECRET}"})
    hidden = {**bare, "attributes": [*bare["attributes"], HIDDEN]}
    with pytest.raises(EntryRefused) as refused:
        desk.save(hidden)
    assert [(one.file, one.reason) for one in refused.value.report.leaks] == [
        ("svc-9: services", TEXT)
    ]
    assert [row.confidential for row in desk.directory.rows()] == [False, False]

    desk.save({**bare, "id": "svc-9", "name": "Dentist clinic", "description": "Come in"})
    desk.save(hidden)
    assert [row.confidential for row in desk.directory.rows()] == [True, True]


def test_a_place_stays_confidential_while_one_service_there_is(desk: Desk) -> None:
    bare = _moved(clinic(), addresses=[], latitude=None, longitude=None)
    desk.save({**bare, "attributes": [*bare["attributes"], HIDDEN]})
    desk.save({**bare, "id": "svc-9", "name": "Dentist clinic"})
    assert [row.confidential for row in desk.directory.rows()] == [True, True]


def test_a_mark_that_another_service_needs_comes_back(desk: Desk) -> None:
    bare = _moved(clinic(), addresses=[], latitude=None, longitude=None)
    desk.save({**bare, "attributes": [*bare["attributes"], HIDDEN]})
    desk.save({**bare, "id": "svc-9", "name": "Dentist clinic"})
    desk.save(_moved(desk.find("svc-9").document, attributes=[]))
    assert [row.confidential for row in desk.directory.rows()] == [True, True]
    opened = _moved(desk.find("svc-9").document, attributes=[], latitude=44.6, longitude=-122.8)
    with pytest.raises(EntryRefused):
        desk.save(opened)


@pytest.mark.parametrize("where", ["location", "organization"])
def test_who_writes_a_confidential_place_out_anew_does_not_open_it(desk: Desk, where: str) -> None:
    bare = _moved(clinic(), addresses=[], latitude=None, longitude=None)
    hidden = copy.deepcopy(bare)
    {"location": _location(hidden), "organization": hidden["organization"]}[where]["attributes"] = [
        HIDDEN
    ]
    desk.save(hidden)
    with pytest.raises(EntryRefused):
        desk.save(dentist())
    desk.save({**bare, "id": "svc-9", "name": "Dentist clinic"})
    assert [row.confidential for row in desk.directory.rows()] == [True, True]
    no_place = {**bare, "id": "svc-10", "name": "Clinic line", "service_at_locations": []}
    desk.save(no_place)
    rows = desk.directory.rows()
    assert [row.confidential for row in rows] == [where == "organization", True, True]


def test_who_saw_the_mark_may_take_it_away(desk: Desk) -> None:
    desk.save(_moved(clinic(), addresses=[], latitude=None, longitude=None, attributes=[HIDDEN]))
    desk.save(clinic())
    assert [row.confidential for row in desk.directory.rows()] == [False]


def test_a_retired_entry_stays_and_is_not_found(desk: Desk) -> None:
    desk.save(clinic())
    desk.do(_retire, "svc-2", seen=desk.find("svc-2").changed_at)
    assert (desk.find("svc-2").status, desk.listed()) == ("inactive", [])
    desk.save({**desk.find("svc-2").document, "status": "active"})
    assert desk.listed() == ["svc-2@loc-2"]


async def _retire(session: AsyncSession, entry_id: str, *rest: Any, seen: Any) -> None:
    await retire_entry(session, entry_id, *rest, seen=seen)


def test_who_saw_an_older_state_is_told(desk: Desk) -> None:
    desk.save(clinic())
    seen = desk.find("svc-2").changed_at
    desk.save(clinic(name="Free clinic"))
    with pytest.raises(ChangedMeanwhile) as told:
        desk.save(clinic(name="Late clinic"), seen=seen)
    assert told.value.changed_at == desk.find("svc-2").changed_at
    with pytest.raises(ChangedMeanwhile):
        desk.save(clinic(), seen=None)
    with pytest.raises(ChangedMeanwhile):
        desk.do(_retire, "svc-2", seen=seen)
    assert desk.find("svc-2").name == "Free clinic"


def test_of_two_at_once_the_second_sees_a_conflict(
    desk: Desk, shared_directory: Directory, areas: Areas
) -> None:
    desk.save(clinic())
    seen = desk.find("svc-2").changed_at

    async def save_both() -> list[Any]:
        engine = connect(shared_directory.url)

        async def save(number: int) -> Any:
            async with sessions(engine).begin() as session:
                document = clinic(name=f"Clinic {number}")
                return await save_entry(session, document, areas, later(99 + number), seen=seen)

        try:
            return await asyncio.gather(save(1), save(2), return_exceptions=True)
        finally:
            await engine.dispose()

    outcomes = asyncio.run(save_both())
    assert sorted(isinstance(one, ChangedMeanwhile) for one in outcomes) == [False, True]
    assert len(desk.changes("svc-2")) == 2


def test_a_change_is_undone_and_that_too(desk: Desk) -> None:
    desk.save(clinic())
    before = desk.find("svc-2").document
    desk.save(clinic(name="Free clinic", phones=[{"number": "503-555-0109"}]))
    desk.do(undo_change, desk.changes("svc-2")[0].id)
    assert desk.find("svc-2").document == before
    assert desk.directory.rows()[0].phone == "503-555-0101"
    desk.do(undo_change, desk.changes("svc-2")[0].id)
    assert desk.directory.rows()[0].phone == "503-555-0109"


def test_an_entry_whose_beginning_is_undone_is_gone_and_comes_back(desk: Desk) -> None:
    desk.save(clinic())
    desk.do(undo_change, desk.changes("svc-2")[0].id)
    assert (desk.directory.entries(), desk.listed()) == ({}, [])
    desk.do(undo_change, desk.changes("svc-2")[0].id)
    assert desk.listed() == ["svc-2@loc-2"]


def test_a_change_that_others_followed_is_not_undone(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(clinic(name="Free clinic"))
    change = desk.changes("svc-2")[0].id
    desk.save(clinic(name="Good clinic"))
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo_change, change)
    with pytest.raises(NothingToUndo):
        desk.do(undo_change, uuid.uuid4())
    assert desk.find("svc-2").name == "Good clinic"


def test_saving_what_is_there_changes_nothing(desk: Desk) -> None:
    desk.save(clinic())
    desk.save(desk.find("svc-2").document)
    assert len(desk.changes("svc-2")) == 1
