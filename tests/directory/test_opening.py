"""What is confidential here is not opened by a package that lacks the mark."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.directory.areas import Areas
from bot.directory.errors import OpensConfidential
from bot.directory.importing import Package, open_package
from bot.directory.places import Places
from bot.directory.undoing import undo_import
from tests.directory.conftest import Directory
from tests.directory.entries import Desk
from tests.directory.packages import nested, write_json

Content = list[dict[str, Any]]
MARK = {"value": "confidential"}
SHELTER = "Harbor House shelter"


@pytest.fixture
def desk(directory: Directory, areas: Areas) -> Desk:
    return Desk(directory, areas)


@pytest.fixture
def read(places: Places, tmp_path: Path) -> Callable[[Content], Package]:
    """Reads a package of these services, with which nothing is wrong."""

    def read_package(content: Content) -> Package:
        package = open_package(write_json(tmp_path, content), places, "OR")
        assert package.report.ok
        return package

    return read_package


def unmarked(**changes: Any) -> dict[str, Any]:
    """The shelter with an address and without a mark."""
    shelter = copy.deepcopy(nested()[0])
    place = shelter["service_at_locations"][0]["location"]
    del place["attributes"]
    place["addresses"] = [{"address_1": "9 Sample Street", "city": "Alder Falls"}]
    return {**shelter, **changes}


def marked(owner: str) -> dict[str, Any]:
    """The shelter as it is confidential because of its ``place``, itself or its organization."""
    shelter = nested()[0]
    if owner != "place":
        del shelter["service_at_locations"][0]["location"]["attributes"]
    if owner == "service":
        shelter["attributes"].append(MARK)
    if owner == "organization":
        shelter["organization"]["attributes"] = [MARK]
    return shelter


def move(document: dict[str, Any], location_id: str) -> dict[str, Any]:
    """The same service at another place."""
    moved = copy.deepcopy(document)
    moved["service_at_locations"][0]["location"]["id"] = location_id
    return moved


OPENING = {
    "its place": ("place", unmarked()),
    "its place, of another service": ("place", unmarked(id="svc-8", organization={"id": "o"})),
    "its place, under another id": ("place", move(unmarked(), "loc-8")),
    "its place, while it is not offered": ("place", unmarked(status="inactive")),
    "itself": ("service", move(unmarked(), "loc-8")),
    "itself, without a place": ("service", unmarked(service_at_locations=[])),
    "itself, though its place is marked": ("service", marked("place")),
    "itself, for its organization was": ("organization", move(unmarked(), "loc-8")),
    "its organization, by another service": (
        "organization",
        move(unmarked(id="svc-8"), "loc-8"),
    ),
}


@pytest.mark.parametrize("what", OPENING)
def test_a_package_that_would_open_it_is_refused_as_a_whole(
    desk: Desk, read: Callable[[Content], Package], what: str
) -> None:
    owner, opening = OPENING[what]
    shelter, clinic, line = nested()
    desk.directory.take(read([marked(owner), clinic, line]))
    entries, listed = desk.directory.entries(), desk.listed()
    package = read([opening, {**clinic, "name": "New"}, {**shelter, "id": "n", **apart()}])
    with pytest.raises(OpensConfidential) as refused:
        desk.directory.take(package, desk.author())
    assert refused.value.names == [SHELTER]
    assert (desk.directory.entries(), desk.listed()) == (entries, listed)


def apart() -> dict[str, Any]:
    """What makes a service one of others, elsewhere."""
    return {"organization": {"id": "org-8", "name": "Others"}, "service_at_locations": []}


@pytest.mark.parametrize("owner", ["place", "service", "organization"])
def test_what_is_left_out_or_marked_in_another_way_is_not_opened(
    desk: Desk, read: Callable[[Content], Package], owner: str
) -> None:
    _, clinic, line = nested()
    desk.directory.take(read([marked(owner), clinic, line]))
    for shelter in ([marked("organization")], []):
        desk.directory.take(read([*shelter, clinic, line]), desk.author())
    desk.directory.take(read([unmarked(), clinic, line]), desk.author())
    assert not any(row.confidential for row in desk.directory.rows())


def test_a_service_may_stay_without_its_confidential_place(
    desk: Desk, read: Callable[[Content], Package]
) -> None:
    desk.directory.take(read(nested()))
    desk.directory.take(read([unmarked(service_at_locations=[]), *nested()[1:]]), desk.author())
    assert desk.listed() == ["svc-1", "svc-2@loc-2", "svc-3"]


def test_a_place_that_the_package_has_and_no_service_names_is_left_out(
    desk: Desk, read: Callable[[Content], Package]
) -> None:
    shelter, clinic, line = nested()
    desk.directory.take(read([shelter, clinic, line]))
    organization = {"id": "org-9", "name": "Nobody", "locations": [{"id": "loc-1"}]}
    desk.directory.take(read([organization, clinic, line]), desk.author())
    assert desk.listed() == ["svc-2@loc-2", "svc-3"]


def test_who_takes_the_mark_away_by_hand_may_import_it_open(
    desk: Desk, read: Callable[[Content], Package]
) -> None:
    desk.directory.take(read(nested()))
    desk.save(unmarked())
    desk.directory.take(read([unmarked(), *nested()[1:]]), desk.author())
    assert not any(row.confidential for row in desk.directory.rows())


def test_the_sites_own_package_is_loaded_as_it_is(
    desk: Desk, read: Callable[[Content], Package]
) -> None:
    desk.directory.take(read(nested()))
    desk.directory.take(read([unmarked(), *nested()[1:]]), desk.author(), own=True)
    assert not any(row.confidential for row in desk.directory.rows())


def test_an_import_that_took_it_away_is_undone(
    desk: Desk, read: Callable[[Content], Package]
) -> None:
    desk.directory.take(read(nested()))
    entries = desk.directory.entries()
    made = desk.directory.take(read(nested()[1:]), desk.author())
    assert desk.do(undo_import, made) == 1
    assert desk.directory.entries() == entries
    assert [row.id for row in desk.directory.rows() if row.confidential] == ["svc-1@loc-1"]
