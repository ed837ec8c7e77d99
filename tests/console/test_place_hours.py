"""Hours of a service at several places: a block for each place, in the form and in what is kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.directory.exporting import export_json
from console.directory.place_hours import read_place_hours, tell_hours, write_place_hours
from console.directory.places import read_places, write_places
from console.directory.typed import PlaceHours, TypedHours, TypedPlace
from tests.console.conftest import Browser, Office
from tests.console.keeping import (
    NIGHT,
    fill,
    find_entry,
    find_listings,
    open_form,
    read_form,
    spread,
)

WAY = f"/directory/change/{NIGHT}"
DAYS = {"id": "a", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
NIGHTS = {**DAYS, "id": "b", "byday": "FR", "opens_at": "20:00", "closes_at": "08:00"}
FIRST = {**DAYS, "id": "nth", "freq": "MONTHLY", "byday": "1MO"}
MORNING = (TypedHours(frozenset({6}), "08:00", "10:00"),)


def _at(location: dict[str, Any], *schedules: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"l-{location['id']}", "location": location, "schedules": list(schedules)}


TWO = {
    "id": "x",
    "schedules": [NIGHTS],
    "service_at_locations": [
        _at({"id": "p", "name": "North door"}, DAYS, FIRST),
        _at({"id": "q", "name": "Quiet house", "attributes": [{"value": "confidential"}]}, NIGHTS),
        _at({"id": "r", "addresses": [{"address_1": "5 Example Avenue", "city": "Alder Falls"}]}),
    ],
}


def test_each_place_has_a_block_of_its_own() -> None:
    north, hidden, third = read_place_hours(TWO)
    assert north.hours == (TypedHours(frozenset({0, 1}), "09:00", "17:00"),)
    assert hidden.hours == (TypedHours(frozenset({4}), "20:00", "08:00"),)
    assert third == PlaceHours("r")


def test_hours_are_told_by_place_and_a_confidential_one_has_no_name() -> None:
    night = "Friday, 8 pm to 8 am the next day"
    assert tell_hours(TWO) == [
        (
            "North door",
            ["Monday and Tuesday, 9 am to 5 pm", "the first Monday of a month, 9 am to 5 pm"],
        ),
        ("Confidential place", [night]),
        ("5 Example Avenue, Alder Falls", [night]),
    ]


def test_only_the_place_that_was_changed_changes() -> None:
    north, *others = read_place_hours(TWO)
    written = write_place_hours(TWO, [PlaceHours("p", hours=MORNING), *others])
    first, *rest = written["service_at_locations"]
    assert first["schedules"][0]["byday"] == "SU" and first["schedules"][1:] == [FIRST]
    assert rest == TWO["service_at_locations"][1:] and written["schedules"] == [NIGHTS]
    assert write_place_hours(TWO, [north, *others]) == TWO
    (gone, *_) = write_place_hours(TWO, [PlaceHours("p", gone=frozenset({"nth"}))])[
        "service_at_locations"
    ]
    assert gone["schedules"] == []


def test_a_place_that_is_linked_twice_keeps_what_nobody_changed() -> None:
    twice = {**TWO, "service_at_locations": [_at({"id": "p"}, DAYS), _at({"id": "p"}, NIGHTS)]}
    (block,) = read_place_hours(twice)
    assert len(block.hours) == 2 and write_place_hours(twice, [block]) == twice
    first, second = write_place_hours(twice, [PlaceHours("p", hours=MORNING)])[
        "service_at_locations"
    ]
    assert [one["byday"] for one in first["schedules"]] == ["SU"] and second["schedules"] == []


def test_nothing_said_at_a_place_is_lost_with_a_change_of_another() -> None:
    bare = {"id": "l-bare", "phones": [{"number": "503-555-0199"}]}
    links = [_at({"id": "p"}, DAYS), _at({"id": "p"}, NIGHTS), _at({"id": "q"}), bare]
    document = {**TWO, "service_at_locations": links}
    first, second = read_places(document)
    new = TypedPlace(name="New door")
    written = write_places(document, (first, replace(second, name="Side door"), new))
    stayed = [one for one in links if one in written["service_at_locations"]]
    assert stayed == [links[0], links[1], bare]
    assert len(written["service_at_locations"]) == len(links) + 1
    assert "phones" not in written["service_at_locations"][-1]


@pytest.fixture
def ada(office: Office) -> Browser:
    """An admin, and a night shelter at three places, one of them confidential."""
    fill(office)
    spread(office, NIGHT, {"schedules": [DAYS, FIRST]}, *TWO["service_at_locations"][1:])
    return office.sign_in("admin")


def test_hours_of_one_place_are_changed_undone_and_exported(
    office: Office, ada: Browser, tmp_path: Path
) -> None:
    before = find_entry(office, NIGHT).document
    form = open_form(ada, NIGHT)
    assert ada.submit(WAY, **form).status_code == 303
    assert find_entry(office, NIGHT).document == before
    changed = form | {"place-1-hours-0-opens": "21:00", "place-2-always": "on"}
    assert ada.submit(WAY, **changed).status_code == 303
    first, second, third = find_entry(office, NIGHT).document["service_at_locations"]
    assert first == before["service_at_locations"][0]
    assert [one["opens_at"] for one in second["schedules"]] == ["21:00"]
    assert third["schedules"][0]["opens_at"] == "00:00"
    hours = {one.id.split("@")[1]: one.schedules for one in _find_night(office)}
    assert hours["q"][0]["opens"] == "21:00" and len(hours["r"][0]["days"]) == 7
    page = ada.get(f"/directory/service/{NIGHT}").text
    assert "Hours at its places" in page and "Open: <span" in page
    assert "Confidential place: Friday" in re.sub(r"<[^>]+>", "", page)

    path = tmp_path / "out.json"
    office.do(lambda session: export_json(session, path))
    told = next(one for one in json.loads(path.read_text()) if one["id"] == NIGHT)
    assert (
        told["service_at_locations"] == find_entry(office, NIGHT).document["service_at_locations"]
    )
    undo = re.findall(r'action="(/directory/undo/[^"]+)"', page)[0]
    assert ada.submit(undo).status_code == 303
    assert find_entry(office, NIGHT).document == before


def test_blocks_say_which_place_they_are_of(ada: Browser) -> None:
    page = ada.get(WAY).text
    for title in (
        "At every place without hours of its own", "Place 1: Commons night shelter",
        "Place 2: Confidential place", "Place 3: 5 Example Avenue, Alder Falls",
    ):  # fmt: skip
        assert f">{title}</h3>" in page, title
    assert "Quiet house</h3>" not in page
    assert 'name="place-0-gone-nth"' in page


def test_rows_of_a_place_come_and_go_without_a_script(office: Office, ada: Browser) -> None:
    form = read_form(ada.submit(WAY, **open_form(ada, NIGHT), add="place-1-hours").text)
    assert "place-1-hours-1-there" in form and "place-2-hours-1-there" not in form
    form |= {"place-1-hours-1-day-5": "on", "place-1-hours-1-opens": "noon"}
    answer = ada.submit(WAY, **form)
    assert answer.status_code == 422 and 'id="fault-place-1-hours-1"' in answer.text
    assert '<a href="#at-place-1-hours-1">Place 2, hours 2</a>' in answer.text
    form |= {"place-1-hours-1-opens": "12:00", "place-1-hours-1-closes": "13:00"}
    form = read_form(ada.submit(WAY, **form, drop="place-1-hours-0").text)
    assert ada.submit(WAY, **form).status_code == 303
    (schedule,) = find_entry(office, NIGHT).document["service_at_locations"][1]["schedules"]
    assert (schedule["byday"], schedule["opens_at"]) == ("SA", "12:00")


def test_hours_go_with_their_place(office: Office, ada: Browser) -> None:
    form = read_form(ada.submit(WAY, **open_form(ada, NIGHT), drop="place-1").text)
    assert ada.submit(WAY, **form).status_code == 303
    first, last = find_entry(office, NIGHT).document["service_at_locations"]
    assert first["schedules"][0]["opens_at"] == "09:00" and not last.get("schedules")


def _find_night(office: Office) -> list[Any]:
    return list(find_listings(office, "Commons night shelter"))
