"""A row that is wrong is left out, and the report says which and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.directory.importing import parse_package
from bot.directory.listing import Listing
from bot.directory.places import Places
from bot.directory.report import Refusal, Report, render_report
from tests.directory.packages import nested, tabular, write_csv, write_json

Tables = dict[str, list[dict[str, str]]]
#: The clinic is the second service, and the header is line 1.
CLINIC = ("services.csv", 3)


def _parse(folder: Path, places: Places, tables: Tables) -> tuple[list[Listing], Report]:
    return parse_package(write_csv(folder, tables), places, "OR")


def _in_clinic(**values: str) -> Callable[[Tables], None]:
    return lambda tables: tables["services"][1].update(values)


def _drop_reach(tables: Tables) -> None:
    tables["services"][1]["url"] = ""
    tables["phones"] = [row for row in tables["phones"] if row["service_id"] != "svc-2"]


def _drop_needs(tables: Tables) -> None:
    tables["services"][1]["name"] = "Something else"
    tables["attributes"] = [row for row in tables["attributes"] if row["link_id"] != "svc-2"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_in_clinic(id=""), "the service has no id"),
        (_in_clinic(id="svc-1"), "another service has the same id"),
        (_in_clinic(id="x" * 600), "its id with its place's is too long or taken"),
        (_in_clinic(name=" "), "the service has no name"),
        (
            _in_clinic(status="open"),
            "the status is none of active, inactive, defunct, temporarily closed",
        ),
        (_in_clinic(organization_id="org-9"), "its organization is not in the package"),
        (_in_clinic(organization_id=""), "its organization is not in the package"),
        (_drop_reach, "nobody could reach it: no phone, no text line, no website"),
        (_drop_needs, "no need fits its taxonomy or name"),
    ],
)
def test_service_that_is_wrong_is_left_out(
    tmp_path: Path, places: Places, spoil: Callable[[Tables], None], reason: str
) -> None:
    tables = tabular()
    spoil(tables)
    tables["phones"].append({"id": "ph-9", "service_id": "x" * 600, "number": "503-555-0109"})
    tables["attributes"].append({"link_id": "x" * 600, "taxonomy_term_id": "need-food"})
    listings, report = _parse(tmp_path, places, tables)
    assert report.refused == [Refusal(*CLINIC, reason)]
    assert [listing["id"] for listing in listings] == ["svc-1@loc-1", "svc-3"]
    assert report.ok


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("opens_at", "25:00"),
        ("opens_at", "9:75"),
        ("closes_at", "24:30"),
        ("closes_at", "13 pm"),
        ("closes_at", "noon"),
        ("closes_at", "-1:00"),
        ("byday", "MO,XX"),
        ("valid_from", "2026-02-30"),
        ("valid_to", "soon"),
    ],
)
def test_hours_that_cannot_be_are_left_out_and_the_service_stays(
    tmp_path: Path, places: Places, column: str, value: str
) -> None:
    tables = tabular()
    tables["schedules"][1][column] = value
    listings, report = _parse(tmp_path, places, tables)
    reason = "the opening hours hold a time or a day that does not exist"
    assert report.refused == [Refusal("schedules.csv", 3, reason)]
    clinic = next(listing for listing in listings if listing["id"] == "svc-2@loc-2")
    assert clinic["schedules"] == []


def test_wrong_hours_are_reported_once_for_a_service_at_two_places(
    tmp_path: Path, places: Places
) -> None:
    tables = tabular()
    tables["schedules"][1]["opens_at"] = "25:00"
    tables["locations"].append({"id": "loc-3", "latitude": "44.4", "longitude": "-122.7"})
    tables["service_at_location"].append({"service_id": "svc-2", "location_id": "loc-3"})
    assert len(_parse(tmp_path, places, tables)[1].refused) == 1


@pytest.mark.parametrize("value", ["yesterday", "2026-02-30", "15/01/2026"])
def test_date_that_is_none_leaves_the_service_unchecked(
    tmp_path: Path, places: Places, value: str
) -> None:
    tables = tabular()
    tables["services"][1]["assured_date"] = value
    listings, report = _parse(tmp_path, places, tables)
    assert report.refused == [Refusal(*CLINIC, "assured_date is not a date; left out")]
    assert next(one for one in listings if one["id"] == "svc-2@loc-2")["verified"] is None


def test_row_of_a_long_text_is_named_by_its_line(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["services"][0]["description"] = "one\ntwo\nthree"
    tables["services"][2]["name"] = ""
    assert _parse(tmp_path, places, tables)[1].refused[0].row == 6


def test_refusal_in_json_names_the_item(tmp_path: Path, places: Places) -> None:
    items = nested()
    items[2]["name"] = None
    _, report = parse_package(write_json(tmp_path, items), places)
    assert report.refused == [Refusal("package.json", 3, "the service has no name")]


@pytest.mark.parametrize("name", ["Another clinic", "Walk-in clinic"])
def test_twice_the_same_id_keeps_the_first(tmp_path: Path, places: Places, name: str) -> None:
    items = nested()
    items[2] = {**items[1], "name": name}
    listings, report = parse_package(write_json(tmp_path, items), places)
    assert [listing["name"] for listing in listings] == ["Harbor House shelter", "Walk-in clinic"]
    assert [refusal.row for refusal in report.refused] == [3]


def test_nothing_usable_is_not_ok(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    for service in tables["services"]:
        service["status"] = "defunct"
    listings, report = _parse(tmp_path, places, tables)
    assert (listings, report.refused, report.ok) == ([], [], False)
    assert "There is no usable service in this package." in render_report(report)


def test_report_lists_fifty_refusals_and_counts_the_rest() -> None:
    report = Report(services=1)
    report.refused = [Refusal("services.csv", row, "the service has no name") for row in range(70)]
    lines = render_report(report).splitlines()
    assert sum("services.csv, row" in line for line in lines) == 50
    assert "    70 rows refused" in lines
    assert "       ... and 20 more" in lines
