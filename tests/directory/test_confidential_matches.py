"""What a search says of a confidential place: no miles, no address, no order that tells more."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.errors import CheckViolation

from bot.directory.importing import parse_package
from bot.directory.places import Place, Places
from bot.directory.search import Query
from tests.directory.conftest import Directory
from tests.directory.listings import HOME, NOW, make_listing
from tests.directory.packages import tabular, write_csv


def test_match_has_no_miles_and_no_address(directory: Directory) -> None:
    directory.save([make_listing("hidden", miles=7, confidential=True)])
    match = directory.search(Query("food", HOME), NOW)[0]
    assert (match.confidential, match.miles, match.address) == (True, None, None)
    found = directory.find("hidden", NOW)
    assert found is not None
    assert (found.miles, found.address) == (None, None)


def test_database_takes_no_address_of_a_confidential_place(directory: Directory) -> None:
    hidden = make_listing("hidden", confidential=True, address="12 Sample Street")
    with pytest.raises(CheckViolation, match="ck_service_confidential"):
        directory.save([hidden])
    assert directory.rows() == []


def test_order_tells_no_more_than_the_town(
    tmp_path: Path, places: Places, directory: Directory
) -> None:
    """Whoever asks from many spots and compares the order learns where the town's middle is."""
    tables = tabular()
    tables["service_areas"][0]["name"] = "97230"  # in the east of Portland
    shelter = parse_package(write_csv(tmp_path, tables), places, "OR")[0][0]
    town = places.find("Portland, OR")[0]
    public = {"needs": ["housing"], "miles": None}
    north, south = (
        make_listing(name, **public, latitude=town.latitude + off, longitude=town.longitude)
        for name, off in (("north", 0.05), ("south", -0.05))
    )
    directory.save([shelter, north, south])
    for spot, wanted in (
        (town.latitude, "svc-1@loc-1"),
        (town.latitude + 0.045, "north"),
        (town.latitude - 0.045, "south"),
    ):
        asked_from = Place("x", "OR", spot, town.longitude)
        assert directory.search(Query("housing", asked_from), NOW)[0].service_id == wanted
