"""A package that would give a confidential place away is refused, wherever it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.directory.importing import parse_package
from bot.directory.listing import Listing
from bot.directory.places import Places
from bot.directory.report import Report, render_report
from tests.directory.packages import nested, older, tabular, write_csv, write_json

SECRET = "123 Elm Street"
TEXT = "a street address in a text about a confidential place"


def _parse(path: Path, places: Places) -> tuple[list[Listing], Report]:
    return parse_package(path, places, "OR")


def _assert_refused(report: Report, file: str, reason: str) -> None:
    assert [(leak.file, leak.reason) for leak in report.leaks] == [(file, reason)]
    assert not report.ok
    said = render_report(report)
    assert f"LEAK {file}, row {report.leaks[0].row}: {reason}" in said
    assert "Nothing was taken from it." in said
    assert SECRET.lower() not in said.lower()


def test_address_row_is_a_leak(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["addresses"].append({"location_id": "loc-1", "city": "Alder Falls"})
    listings, report = _parse(write_csv(tmp_path, tables), places)
    _assert_refused(report, "addresses.csv", "an address of a confidential place")
    assert report.leaks[0].row == 3
    assert [one["address"] for one in listings if one["confidential"]] == [None]


@pytest.mark.parametrize("column", ["latitude", "longitude"])
def test_coordinates_are_a_leak(tmp_path: Path, places: Places, column: str) -> None:
    tables = tabular()
    tables["locations"][0][column] = "44.62"
    _, report = _parse(write_csv(tmp_path, tables), places)
    _assert_refused(report, "locations.csv", "coordinates of a confidential place")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("services", {"description": f"Come to {SECRET}."}),
        ("services", {"name": f"Shelter, {SECRET}"}),
        ("services", {"fees_description": f"Pay at {SECRET}"}),
        ("services", {"eligibility_description": f"Who can walk to {SECRET}"}),
        ("services", {"url": "https://harbor.example/123-elm-street"}),
        ("services", {"application_process": f"Ring at {SECRET}"}),
        ("locations", {"name": SECRET}),
        ("locations", {"transportation": f"Bus 4 to {SECRET}"}),
        ("service_at_location", {"description": SECRET}),
        ("phones", {"description": f"Desk at {SECRET}"}),
        ("schedules", {"description": f"Open at {SECRET}"}),
        ("languages", {"note": SECRET}),
        ("service_areas", {"description": f"Around {SECRET}"}),
    ],
)
def test_street_in_any_text_is_a_leak(
    tmp_path: Path, places: Places, table: str, row: dict[str, str]
) -> None:
    tables = tabular()
    tables[table][0] |= row
    _, report = _parse(write_csv(tmp_path, tables), places)
    _assert_refused(report, f"{table}.csv", TEXT)


@pytest.mark.parametrize("column", ["service_id", "location_id"])
@pytest.mark.parametrize("table", ["contacts", "cost_options", "required_documents", "more"])
def test_street_in_any_table_is_a_leak(
    tmp_path: Path, places: Places, table: str, column: str
) -> None:
    about = {"service_id": "svc-1", "location_id": "loc-1"}[column]
    tables = tabular()
    tables[table] = [{column: about, "document": SECRET}]
    _, report = _parse(write_csv(tmp_path, tables), places)
    _assert_refused(report, f"{table}.csv", TEXT)


def test_street_in_the_organizations_name_is_a_leak(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["organizations"][0]["name"] = f"The house at {SECRET}"
    _, report = _parse(write_csv(tmp_path, tables), places)
    reason = "a street address in the name of its organization"
    _assert_refused(report, "organizations.csv", reason)


def test_leak_in_json_is_one(tmp_path: Path, places: Places) -> None:
    items = nested()
    place = items[0]["service_at_locations"][0]["location"]
    place["addresses"] = [{"address_1": SECRET}]
    _, report = _parse(write_json(tmp_path, items), places)
    _assert_refused(report, "package.json", "an address of a confidential place")


def test_leak_in_the_older_layout_is_one(tmp_path: Path, places: Places) -> None:
    tables = older()
    tables["mail_addresses"] = [{"location_id": "loc-1", "address_1": SECRET}]
    _, report = _parse(write_csv(tmp_path, tables), places)
    _assert_refused(report, "mail_addresses.csv", TEXT)


def test_streets_of_other_places_are_none(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["services"][1]["description"] = f"Come to {SECRET}."
    tables["phones"][1]["description"] = f"Desk at {SECRET}"
    tables["organizations"][1]["name"] = f"Clinic, {SECRET}"
    tables["organizations"][0]["description"] = f"The office is at {SECRET}."
    listings, report = _parse(write_csv(tmp_path, tables), places)
    assert (report.leaks, report.ok, len(listings)) == ([], True, 3)


def test_public_place_of_a_hidden_service_may_have_an_address(
    tmp_path: Path, places: Places
) -> None:
    tables = tabular()
    tables["service_at_location"].append({"service_id": "svc-1", "location_id": "loc-2"})
    listings, report = _parse(write_csv(tmp_path, tables), places)
    assert report.leaks == []
    by_id = {listing["id"]: listing for listing in listings}
    assert (by_id["svc-1@loc-1"]["address"], by_id["svc-1@loc-1"]["confidential"]) == (None, True)
    assert by_id["svc-1@loc-2"]["address"].startswith("12 Sample Street")


def test_map_of_the_area_served_is_no_leak(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["service_areas"][0]["extent"] = "[[-122.8760,44.6240],[-122.7000,44.5000]]"
    assert _parse(write_csv(tmp_path, tables), places)[1].leaks == []


def test_zip_code_tells_no_more_than_the_town(tmp_path: Path, places: Places) -> None:
    spots = set()
    for area in ("97201", "97230", "Portland, OR"):
        tables = tabular()
        tables["service_areas"][0]["name"] = area
        listings, _ = _parse(write_csv(tmp_path / area, tables), places)
        spots.add((listings[0]["latitude"], listings[0]["longitude"]))
    town = places.find("Portland, OR")[0]
    assert spots == {(town.latitude, town.longitude)}
