"""The same content in every layout that directories come in gives the same services."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.directory.importing import parse_package
from bot.directory.listing import Listing
from bot.directory.places import Places
from bot.directory.report import Report
from tests.directory.packages import nested, older, tabular, write_csv, write_json


def _parse(path: Path, places: Places) -> tuple[dict[str, Listing], Report]:
    listings, report = parse_package(path, places, "OR")
    return {listing["id"]: listing for listing in listings}, report


def test_tabular_package_is_read_whole(tmp_path: Path, places: Places) -> None:
    found, report = _parse(write_csv(tmp_path, tabular()), places)
    assert report.refused == report.leaks == []
    assert (report.services, report.confidential) == (3, 1)
    assert report.read["services.csv"] == 3
    assert found["svc-2@loc-2"] == {
        "id": "svc-2@loc-2",
        "name": "Walk-in clinic",
        "organization": "River Clinic",
        "description": "Doctors and nurses, no questions about papers.",
        "needs": ["health"],
        "keys": ["health@*", "health@89:-246"],
        "phone": "503-555-0101",
        "extension": "7",
        "text_line": "503-555-0102",
        "url": "https://clinic.example",
        "address": "12 Sample Street, Alder Falls OR 97999",
        "latitude": 44.622,
        "longitude": -122.86,
        "confidential": False,
        "nationwide": False,
        "languages": ["en"],
        "cost": "$10 a visit",
        "free": False,
        "eligibility": None,
        "bring": "ID if you have one",
        "schedules": [
            {
                "days": [0, 1, 2, 3, 4],
                "opens": "09:00",
                "closes": "17:00",
                "valid_from": None,
                "valid_to": None,
            }
        ],
        "verified": date(2026, 1, 15),
    }


def test_confidential_place_is_the_middle_of_its_town(tmp_path: Path, places: Places) -> None:
    shelter = _parse(write_csv(tmp_path, tabular()), places)[0]["svc-1@loc-1"]
    assert shelter["confidential"]
    assert shelter["address"] is None
    assert (shelter["latitude"], shelter["longitude"]) == (44.62, -122.87)


def test_national_line_is_found_everywhere(tmp_path: Path, places: Places) -> None:
    line = _parse(write_csv(tmp_path, tabular()), places)[0]["svc-3"]
    assert line["nationwide"]
    assert line["keys"] == ["talk@*", "talk@us"]
    assert line["latitude"] is None


def test_all_layouts_give_the_same_services(tmp_path: Path, places: Places) -> None:
    first = _parse(write_csv(tmp_path / "3", tabular()), places)
    second = _parse(write_json(tmp_path, nested()), places)
    third = _parse(write_csv(tmp_path / "1", older()), places)
    assert len(first[0]) == 3
    assert first[0] == second[0]
    assert first[0] == third[0]
    assert second[1].refused == third[1].refused == []


@pytest.mark.parametrize("around", ["contents", "services"])
def test_json_may_be_a_page_of_an_api(tmp_path: Path, places: Places, around: str) -> None:
    found, _ = _parse(write_json(tmp_path, {"total_pages": 1, around: nested()}), places)
    assert sorted(found) == ["svc-1@loc-1", "svc-2@loc-2", "svc-3"]


def test_json_may_list_organizations_with_their_services(tmp_path: Path, places: Places) -> None:
    items = [_turned_around(service) for service in nested()]
    found, report = _parse(write_json(tmp_path, items), places)
    assert report.refused == []
    assert sorted(found) == ["svc-1@loc-1", "svc-2@loc-2", "svc-3"]
    assert found["svc-2@loc-2"]["organization"] == "River Clinic"


def test_json_may_be_one_organization(tmp_path: Path, places: Places) -> None:
    found, report = _parse(write_json(tmp_path, _turned_around(nested()[1])), places)
    assert list(found) == ["svc-2@loc-2"]
    assert report.refused == []


def test_csv_may_begin_with_a_byte_order_mark(tmp_path: Path, places: Places) -> None:
    folder = write_csv(tmp_path, tabular())
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(_parse(folder, places)[0]) == 3


def test_json_may_begin_with_a_byte_order_mark(tmp_path: Path, places: Places) -> None:
    path = write_json(tmp_path, nested())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(_parse(path, places)[0]) == 3


def test_place_that_services_share_is_there_once_for_each(tmp_path: Path, places: Places) -> None:
    clinic = nested()[1]
    dentist = {**clinic, "id": "svc-9", "name": "Dentist"}
    found, report = _parse(write_json(tmp_path, [clinic, dentist]), places)
    assert sorted(found) == ["svc-2@loc-2", "svc-9@loc-2"]
    assert report.refused == []


def test_link_given_twice_makes_one_listing(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["service_at_location"].append({**tables["service_at_location"][1], "id": "at-9"})
    tables["locations"].append(tables["locations"][1])
    assert len(_parse(write_csv(tmp_path, tables), places)[0]) == 3


def test_service_at_two_places_is_listed_at_each(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["locations"].append({"id": "loc-3", "latitude": "44.41", "longitude": "-122.71"})
    link = {"id": "at-3", "service_id": "svc-2", "location_id": "loc-3"}
    tables["service_at_location"].append(link)
    found, _ = _parse(write_csv(tmp_path, tables), places)
    assert found["svc-2@loc-2"]["address"]
    assert found["svc-2@loc-3"]["address"] is None
    assert found["svc-2@loc-3"]["latitude"] == 44.41


@pytest.mark.parametrize("status", ["inactive", "defunct", "Temporarily closed"])
def test_service_that_is_not_offered_is_left_out(
    tmp_path: Path, places: Places, status: str
) -> None:
    tables = tabular()
    tables["services"][1]["status"] = status
    found, report = _parse(write_csv(tmp_path, tables), places)
    assert sorted(found) == ["svc-1@loc-1", "svc-3"]
    assert report.refused == []


def test_place_without_a_spot_is_put_where_its_address_is(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["locations"][1].update(latitude="", longitude="")
    tables["addresses"][0].update(
        address_1="97301 Long Street", city="Millbrook Junction", postal_code="97998"
    )
    clinic = _parse(write_csv(tmp_path, tables), places)[0]["svc-2@loc-2"]
    assert (clinic["latitude"], clinic["longitude"]) == (44.41, -122.71)


@pytest.mark.parametrize(("area", "state"), [("Springfield", "OR"), ("Springfield, IL", "IL")])
def test_area_of_many_towns_is_the_one_at_home(
    tmp_path: Path, places: Places, area: str, state: str
) -> None:
    tables = tabular()
    tables["service_areas"][0]["name"] = area
    shelter = _parse(write_csv(tmp_path, tables), places)[0]["svc-1@loc-1"]
    town = places.find(f"Springfield, {state}")[0]
    assert (shelter["latitude"], shelter["longitude"]) == (town.latitude, town.longitude)


def test_area_that_could_be_anywhere_is_nowhere(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["service_areas"][0]["name"] = "Lane County"
    shelter = _parse(write_csv(tmp_path, tables), places)[0]["svc-1@loc-1"]
    assert (shelter["latitude"], shelter["keys"]) == (None, ["housing@*"])


def test_closest_number_that_is_one_is_taken(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["phones"][0]["number"] = ""
    tables["phones"].append({"id": "ph-9", "organization_id": "org-1", "number": "503-555-0109"})
    found, _ = _parse(write_csv(tmp_path, tables), places)
    assert found["svc-1@loc-1"]["phone"] == "503-555-0109"


def _turned_around(service: dict[str, Any]) -> dict[str, Any]:
    inner = {name: value for name, value in service.items() if name != "organization"}
    return {**service["organization"], "services": [inner]}
