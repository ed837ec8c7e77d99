"""What is near, open, checked and speaks one's language comes first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.directory.listing import Listing
from bot.directory.search import STALE_AFTER, Query
from tests.directory.conftest import Directory
from tests.directory.listings import ALWAYS, HOME, MORNINGS, NOW, make_listing, make_national

NEAR_HOME = Query("food", HOME)


def _order(directory: Directory, listings: list[Listing], query: Query = NEAR_HOME) -> list[str]:
    directory.save(listings)
    return [match.service_id for match in directory.search(query, NOW)]


def test_nearest_comes_first(directory: Directory) -> None:
    listings = [make_listing(name, miles=miles) for name, miles in (("a", 9), ("b", 2), ("c", 5))]
    assert _order(directory, listings) == ["b", "c", "a"]


def test_miles_are_told(directory: Directory) -> None:
    directory.save([make_listing("a", miles=7)])
    (match,) = directory.search(NEAR_HOME, NOW)
    assert match.miles == pytest.approx(7, abs=0.05)


def test_equals_stay_in_one_order(directory: Directory) -> None:
    listings = [make_listing(name, miles=3) for name in "dbca"]
    assert _order(directory, listings, Query("food", HOME, limit=4)) == ["a", "b", "c", "d"]


_STALE = date(2026, 3, 12) - STALE_AFTER - timedelta(days=1)


@pytest.mark.parametrize(
    ("shortcoming", "counts_as"),
    [
        ({"schedules": [MORNINGS]}, 10),
        ({"verified": _STALE}, 60),
        ({"verified": None}, 60),
        ({"languages": ["es"]}, 15),
    ],
)
def test_shortcoming_counts_as_so_many_miles(
    directory: Directory, shortcoming: dict[str, Any], counts_as: float
) -> None:
    listings = [
        make_listing("flawed", **shortcoming),
        make_listing("nearer", miles=counts_as - 0.5),
        make_listing("farther", miles=counts_as + 0.5),
    ]
    order = _order(directory, listings, Query("food", HOME, language="en"))
    assert order == ["nearer", "flawed", "farther"]


def test_service_checked_just_in_time_is_not_stale(directory: Directory) -> None:
    directory.save([make_listing("a", verified=NOW.date() - STALE_AFTER)])
    assert not directory.search(NEAR_HOME, NOW)[0].stale
    assert directory.search(NEAR_HOME, NOW + timedelta(days=1))[0].stale


def test_unknown_hours_are_not_held_against_a_service(directory: Directory) -> None:
    listings = [make_listing("unknown", schedules=[]), make_listing("far", miles=5)]
    assert _order(directory, listings) == ["unknown", "far"]
    assert directory.search(NEAR_HOME, NOW)[0].hours is None


def test_language_is_a_wish_and_no_filter(directory: Directory) -> None:
    listings = [
        make_listing("english"),
        make_listing("spanish", miles=8, languages=["en", "es"]),
        make_listing("far", miles=30, languages=["es"]),
    ]
    query = Query("food", HOME, language="es")
    assert _order(directory, listings, query) == ["spanish", "english", "far"]


def test_nobody_asks_for_a_language_then_none_counts(directory: Directory) -> None:
    listings = [make_listing("english"), make_listing("spanish", miles=8, languages=["es"])]
    assert _order(directory, listings) == ["english", "spanish"]


def test_national_lines_come_last_but_for_talking(directory: Directory) -> None:
    needs = {"needs": ["food", "talk"]}
    listings = [
        make_national("nation", **needs),
        make_listing("near", miles=2, **needs),
        make_listing("stale", miles=30, verified=None, **needs),
    ]
    assert _order(directory, listings) == ["near", "stale", "nation"]
    assert _order(directory, listings, Query("talk", HOME)) == ["near", "nation", "stale"]


def test_match_says_all_that_is_known(directory: Directory) -> None:
    known = {
        "extension": "7",
        "text_line": "503-555-0101",
        "url": "https://pantry.example",
        "address": "1 Sample Street",
        "cost": "$5",
        "eligibility": "Anyone",
        "bring": "A bag",
    }
    directory.save([make_listing("a", **known)])
    match = directory.search(NEAR_HOME, NOW)[0]
    assert {name: getattr(match, name) for name in known} == known
    assert (match.name, match.organization, match.phone) == ("Pantry a", "Pantries", "503-555-0100")
    assert match.hours is not None and match.hours.always
    assert match.verified == date(2026, 3, 1)


def test_service_is_found_by_its_id(directory: Directory) -> None:
    directory.save([make_listing("a@1"), make_listing("b", schedules=[ALWAYS])])
    match = directory.find("a@1", NOW)
    assert match is not None
    assert (match.service_id, match.name, match.miles) == ("a@1", "Pantry a@1", None)
    assert directory.find("a", NOW) is None
    assert directory.find("", NOW) is None
