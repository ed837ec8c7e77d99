"""Packages that others publish: Open Referral's own examples, and Ohana's sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.directory.importing import parse_package
from bot.directory.listing import Listing
from bot.directory.places import Places

EXAMPLES = "hsds/hsds3_examples/examples"


@pytest.mark.parametrize(
    "name",
    ["csv", "organization_full.json", "service_at_location_full.json", "service_full.json"],
)
def test_open_referral_example_is_taken(shared_data: Path, places: Places, name: str) -> None:
    counselling = _take(shared_data / EXAMPLES / name, places)
    assert counselling["phone"] == '"+44 1234 234567"'
    assert counselling["languages"] == ["ur"]
    assert counselling["schedules"] == [
        {
            "days": [3, 4],
            "opens": "10:00",
            "closes": "18:00",
            "valid_from": "2005-01-01",
            "valid_to": "2005-01-01",
        }
    ]


@pytest.mark.parametrize("name", ["service_list.json", "service_at_location_list.json"])
def test_open_referral_list_is_taken(shared_data: Path, places: Places, name: str) -> None:
    assert _take(shared_data / EXAMPLES / name, places)["url"] == "http://example.com/counselling"


def _take(path: Path, places: Places) -> Listing:
    listings, report = parse_package(path, places)
    assert (report.refused, report.leaks, report.services) == ([], [], 1)
    assert (listings[0]["name"], listings[0]["needs"]) == ("Community Counselling", ["counselling"])
    return listings[0]


@pytest.fixture(scope="module")
def ohana(shared_data: Path, places: Places) -> dict[str, Listing]:
    folder = shared_data / "hsds" / "ohana_sample_csv"
    listings, report = parse_package(folder, places, "CA")
    assert len(report.refused) == 6
    assert {refusal.reason for refusal in report.refused} == {"no need fits its taxonomy or name"}
    return {listing["name"]: listing for listing in listings}


def test_ohana_sample_gives_fifteen_services(ohana: dict[str, Listing]) -> None:
    assert len(ohana) == 15
    assert ohana["Rosener House Adult Day Services"]["needs"] == ["health"]
    assert ohana["San Mateo Free Medical Clinic"]["needs"] == ["health"]
    assert "Service with blank fields" not in ohana


def test_ohana_hours_are_read_in_every_spelling(ohana: dict[str, Listing]) -> None:
    hours = [
        (one["days"], one["opens"], one["closes"]) for one in ohana["Passport Photos"]["schedules"]
    ]
    assert hours == [([0], "08:00", "12:00"), ([0], "14:00", "16:00"), ([2], "10:00", "15:00")]


def test_ohana_languages_are_those_of_service_and_place(ohana: dict[str, Listing]) -> None:
    assert ohana["Passport Photos"]["languages"] == ["es", "yue", "ru", "tl"]
