"""A service is one document: what a package says of it, put together and taken apart again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.directory.areas import Areas
from bot.directory.deriving import derive_listings
from bot.directory.document import find_spots, find_tables, is_confidential, open_document
from bot.directory.errors import DocumentUnreadable
from bot.directory.importing import open_package
from bot.directory.nesting import Document
from bot.directory.places import Places
from bot.settings import ROOT
from tests.directory.packages import nested, older, tabular, write_csv, write_json

PUBLIC = [
    "hsds/hsds3_examples/examples/csv",
    "hsds/hsds3_examples/examples/organization_full.json",
    "hsds/hsds3_examples/examples/service_at_location_full.json",
    "hsds/hsds3_examples/examples/service_full.json",
    "hsds/ohana_sample_csv",
]


def _documents(path: Path, places: Places) -> list[Document]:
    return list(open_package(path, places, "OR").documents())


def _clinic(**changes: Any) -> dict[str, Any]:
    return {**nested()[1], **changes}


@pytest.mark.parametrize("name", PUBLIC)
def test_document_of_a_public_package_stays_as_it_is_when_opened_again(
    shared_data: Path, places: Places, name: str
) -> None:
    documents = _documents(shared_data / name, places)
    assert documents
    assert [open_document(document) for document in documents] == documents


@pytest.mark.parametrize("name", PUBLIC)
def test_a_document_gives_the_listings_of_its_package(
    shared_data: Path, places: Places, name: str
) -> None:
    package = open_package(shared_data / name, places, "CA")
    _assert_same_listings(package, Areas(places, "CA"))


@pytest.mark.parametrize("content", [tabular, older, nested])
def test_every_layout_gives_documents_of_the_same_listings(
    tmp_path: Path, places: Places, content: Any
) -> None:
    made = content()
    write = write_json if isinstance(made, list) else write_csv
    _assert_same_listings(open_package(write(tmp_path, made), places, "OR"), Areas(places, "OR"))


def test_the_demo_gives_documents_of_the_same_listings(places: Places) -> None:
    package = open_package(ROOT / "sites" / "demo" / "directory", places, "OR")
    _assert_same_listings(package, Areas(places, "OR"))


def _assert_same_listings(package: Any, areas: Areas) -> None:
    derived = [derive_listings(document, areas) for document in package.documents()]
    assert [leak for _, report in derived for leak in report.leaks] == []
    made = [listing for listings, _ in derived for listing in listings]
    assert sorted(made, key=lambda one: one["id"]) == sorted(
        package.listings, key=lambda one: one["id"]
    )
    assert made


def test_what_nobody_knows_survives() -> None:
    extra = {"x_flag": True, "x_list": [1, "two"], "x_rows": [{"id": "1", "note": "kept"}]}
    document = open_document(_clinic(**extra, x_object={"a": ["b"]}))
    assert document["x_rows"] == extra["x_rows"]
    assert document["x_list"] == [1, "two"]
    assert document["x_object"] == {"a": ["b"]}
    assert open_document(document) == document


def test_numbers_are_numbers_and_what_only_looks_like_one_is_not() -> None:
    document = open_document(
        _clinic(
            minimum_age="18",
            phones=[{"number": "503-555-0101", "extension": "007"}, {"number": "5035550102"}],
        )
    )
    assert document["minimum_age"] == 18
    assert document["phones"][0]["extension"] == "007"
    assert document["phones"][1]["number"] == "5035550102"


def test_rows_without_an_id_get_one_that_stays() -> None:
    document = open_document(_clinic())
    ids = [one["id"] for one in document["schedules"]]
    assert all(ids)
    assert [one["id"] for one in open_document(_clinic())["schedules"]] == ids


@pytest.mark.parametrize(
    "untrusted",
    [None, [], "x", 1, {}, {"id": "a"}, {"name": "a"}, {"id": "", "name": "a"}, {"id": [], "x": 1}],
)
def test_what_is_no_service_is_refused(untrusted: Any) -> None:
    with pytest.raises(DocumentUnreadable):
        open_document(untrusted)


def test_depth_without_an_end_is_refused() -> None:
    deep: dict[str, Any] = {"id": "a", "name": "a"}
    inner = deep
    for _ in range(100_000):
        inner["contacts"] = [{"id": "c"}]
        inner = inner["contacts"][0]
    with pytest.raises(DocumentUnreadable):
        open_document(deep)


@pytest.mark.parametrize("where", ["service", "organization", "link", "location"])
def test_a_place_says_itself_that_it_is_confidential(where: str) -> None:
    clinic = _clinic()
    link = clinic["service_at_locations"][0]
    marked = {
        "service": clinic,
        "organization": clinic["organization"],
        "link": link,
        "location": link["location"],
    }[where]
    marked["attributes"] = [*marked.get("attributes", ()), {"value": "confidential"}]
    document = open_document(clinic)
    location = document["service_at_locations"][0]["location"]
    assert [one["value"] for one in location["attributes"]] == ["confidential"]
    assert find_spots(document)[0].confidential
    assert is_confidential(document)


def test_a_spot_tells_where_a_place_is() -> None:
    (spot,) = find_spots(open_document(_clinic()))
    assert (spot.location_id, spot.address_1, spot.city) == (
        "loc-2",
        "12 Sample Street",
        "Alder Falls",
    )
    assert (spot.latitude, spot.longitude, spot.confidential) == (44.622, -122.86, False)
    assert not is_confidential(open_document(_clinic()))


def test_a_row_of_a_document_tells_its_table_and_its_place() -> None:
    rows = find_tables(open_document(_clinic()))["phones"]
    assert [(row.file, row.number) for row in rows] == [("phones", 1), ("phones", 2)]
