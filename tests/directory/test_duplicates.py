"""Entries that may be one service are shown to people, until somebody says that they are not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.directory.areas import Areas
from bot.directory.document import open_document
from bot.directory.duplicates import Double, compare, find_doubles, find_traits, save_apart
from tests.directory.conftest import NOBODY, Directory
from tests.directory.entries import Desk, clinic, dentist

OTHER = {"id": "org-8", "name": "Valley Health"}


def _other(**changes: Any) -> dict[str, Any]:
    """A service of somebody else, in another house of the same town."""
    place = {
        "id": "loc-8",
        "addresses": [{"address_1": "1 A St", "city": "Alder Falls", "state_province": "OR"}],
    }
    own = {
        "id": "svc-8",
        "name": "Something else for health",
        "organization": OTHER,
        "phones": [{"number": "503-555-0188"}],
        "url": "https://valley.example/care",
        "service_at_locations": [{"id": "at-8", "location": place}],
    }
    return clinic(**(own | changes))


def _compare(*documents: dict[str, Any]) -> list[Double]:
    opened = map(open_document, documents)
    return compare([find_traits(one, one["organization"]["id"]) for one in opened])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"phones": [{"number": "+1 (503) 555-0101"}]}, "phone"),
        ({"url": "HTTP://www.clinic.example/"}, "website"),
        ({"url": "https://clinic.example/other"}, None),
        ({"name": "Walk in Clinic"}, "name"),
        ({"name": "Clinic, walk-in"}, "name"),
        ({"name": "Walk-in clinik"}, "name"),
        ({"name": "Walk-in clinic", "phones": [{"number": "(503) 5550101"}]}, "phone"),
        ({"name": "Walk-in clinic", "service_at_locations": []}, None),
    ],
)
def test_what_is_alike_is_shown_once_with_the_reason(
    changes: dict[str, Any], why: str | None
) -> None:
    expected = [] if why is None else [Double("svc-2", "svc-8", why)]
    assert _compare(clinic(), _other(**changes)) == expected


def test_services_of_one_organization_may_share_a_phone_and_a_page() -> None:
    assert _compare(clinic(), dentist()) == []
    assert _compare(clinic(), clinic(id="svc-9")) == [Double("svc-2", "svc-9", "phone")]


def test_a_switchboard_makes_no_doubles() -> None:
    many = [
        _other(
            id=f"svc-{n}",
            name=f"{n}th of many",
            organization={"id": f"o-{n}", "name": "x"},
            url="",
            service_at_locations=[],
        )
        for n in range(40)
    ]
    assert _compare(*many) == []


def test_who_was_said_to_be_apart_or_is_retired_is_not_shown(
    directory: Directory, areas: Areas
) -> None:
    desk = Desk(directory, areas)
    desk.save(clinic())
    desk.save(_other(phones=[{"number": "503-555-0101"}]))
    desk.save(_other(id="svc-7", phones=[{"number": "503-555-0101"}]))
    assert [(one.first_id, one.second_id) for one in directory.ask(find_doubles)] == [
        ("svc-2", "svc-7"),
        ("svc-2", "svc-8"),
        ("svc-7", "svc-8"),
    ]
    for _ in range(2):
        directory.ask(lambda session: save_apart(session, "svc-8", "svc-2", None, NOBODY.now))
    desk.save(_other(id="svc-7", phones=[{"number": "503-555-0101"}], status="inactive"))
    assert directory.ask(find_doubles) == []
