"""The directory that ships with the demo site: whole, fictional, and of every kind."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from bot.directory.importing import parse_package
from bot.directory.listing import Listing
from bot.directory.needs import NEEDS
from bot.directory.places import Places
from bot.directory.report import Report
from bot.directory.search import STALE_AFTER
from bot.settings import ROOT

FOLDER = ROOT / "sites" / "demo" / "directory"
#: The lines of the whole nation; every other number is one that nobody has.
HOTLINES = {"1-800-799-7233", "1-800-656-4673", "1-888-373-7888", "988", "911", "88788", "233733"}
FICTIONAL = re.compile(r"\d{3}-555-01\d\d")

Read = tuple[list[Listing], Report]


@pytest.fixture(scope="module")
def demo(places: Places) -> Read:
    return parse_package(FOLDER, places, "OR")


def test_nothing_is_refused(demo: Read) -> None:
    report = demo[1]
    assert (report.refused, report.leaks, report.ok) == ([], [], True)


def test_there_are_about_forty_services(demo: Read) -> None:
    assert 35 <= demo[1].services <= 50


def test_every_need_is_answered_near_and_by_name(demo: Read) -> None:
    local = {need for one in demo[0] if not one["nationwide"] for need in one["needs"]}
    assert local == set(NEEDS)


def test_every_service_says_its_need_outright() -> None:
    marked = {row["link_id"] for row in _rows("attributes") if "need-" in row["taxonomy_term_id"]}
    assert marked == {row["id"] for row in _rows("services")}


def test_every_number_is_fictional_or_a_national_line() -> None:
    numbers = {row["number"] for row in _rows("phones")}
    assert {number for number in numbers if not FICTIONAL.fullmatch(number)} == HOTLINES


def test_no_text_holds_another_number() -> None:
    for file in FOLDER.glob("*.csv"):
        for number in re.findall(r"\d{3}[-. ]\d{3}[-. ]\d{4}", file.read_text(encoding="utf-8")):
            assert FICTIONAL.fullmatch(number) or f"1-{number}" in HOTLINES, file.name


def test_every_local_service_can_be_found_by_place(demo: Read) -> None:
    assert [one["id"] for one in demo[0] if not one["nationwide"] and one["latitude"] is None] == []


def test_there_are_services_of_every_kind(demo: Read) -> None:
    listings = demo[0]
    newest = max(one["verified"] for one in listings)
    stale = [one for one in listings if one["verified"] < newest - STALE_AFTER]
    assert len([one for one in listings if one["confidential"]]) >= 5
    assert len([one for one in listings if "es" in one["languages"]]) >= 5
    assert 2 <= len(stale) < len(listings) / 3
    assert any(one["text_line"] for one in listings)
    assert any(not one["free"] for one in listings)
    assert all(isinstance(one["verified"], date) for one in listings)


def test_confidential_places_have_no_address_and_no_spot(demo: Read) -> None:
    hidden = {
        row["link_id"] for row in _rows("attributes") if row["taxonomy_term_id"] == "confidential"
    }
    assert hidden
    assert not hidden & {row["location_id"] for row in _rows("addresses")}
    spots = [
        row["latitude"] + row["longitude"] for row in _rows("locations") if row["id"] in hidden
    ]
    assert spots == [""] * len(hidden)
    towns = {(44.62, -122.87), (44.41, -122.71)}
    for listing in demo[0]:
        if listing["confidential"]:
            assert listing["address"] is None
            assert (listing["latitude"], listing["longitude"]) in towns


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
