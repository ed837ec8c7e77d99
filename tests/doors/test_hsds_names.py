"""However a text spells it: no other directory is told the name of what is confidential."""

from __future__ import annotations

import copy
import re
import unicodedata
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.embedded import Cluster
from tests.databases import Databases
from tests.directory.packages import nested, write_json
from tests.doors.shelf import NOW, Shelf, open_own_shelf
from tests.doors.test_hsds_secrets import Plan, ask_everything, plans

#: As people write a name that they know.
SPELLINGS = ("name-{}-", "NAME {}", "náme – {}", "na\u0301me’{}", "name_{}")
_seconds = count()


@pytest.fixture(scope="module")
def shelf(
    cluster: Cluster, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    """A gateway whose directory is filled anew again and again."""
    with open_own_shelf(cluster, databases, tmp_path_factory.mktemp("names")) as shelf:
        yield shelf


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans, spelling=st.sampled_from(SPELLINGS))
def test_no_text_names_what_is_confidential(
    shelf: Shelf, tmp_path_factory: pytest.TempPathFactory, plan: Plan, spelling: str
) -> None:
    things = [f"{kind}{number}" for kind in "slo" for number in range(5)]
    rumour = " and ".join(spelling.format(one) for one in things)
    documents = [_with_rumour(one, rumour) for one in plan.documents()]
    _fill(shelf, tmp_path_factory.mktemp(f"n{uuid.uuid4().hex}"), documents)
    hidden = _find_hidden(plan)
    for told in ask_everything(shelf, plan):
        assert [one for one in hidden if _is_named(one, told)] == []
    # What anybody may know stays as it was written.
    for number in plan.open_services():
        said = shelf.get(f"/services/id-s{number}-")
        for one in set(things) - hidden:
            assert spelling.format(one) in said["description"], one


def _fill(shelf: Shelf, folder: Path, documents: list[dict[str, Any]]) -> None:
    """Nothing else is in the directory; later each time, as everywhere but in tests."""
    shelf.clear()  # an import alone would not open what was confidential before
    shelf.take(write_json(folder, documents), NOW + timedelta(seconds=next(_seconds)))


def _find_hidden(plan: Plan) -> set[str]:
    """Whose names nobody may be told, offered or not: ``s0`` is a service, ``l1`` a place."""
    places, told = plan.hidden_places(), plan.open_services()
    marked = {
        number
        for number, (organization, theirs, _) in enumerate(plan.services)
        if plan.is_marked(number, organization) or set(theirs) & places
    }
    used = {place for _, theirs, _ in plan.services for place in theirs}
    houses = {plan.services[one][0] for one in marked} - {plan.services[one][0] for one in told}
    return {
        *(f"s{one}" for one in marked - told),
        *(f"l{one}" for one in places & used),
        *(f"o{one}" for one in houses),
    }


def _is_named(thing: str, told: str) -> bool:
    plain = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode().lower()
    return re.search(rf"name[\W_]*{thing}(?![a-z0-9])", plain) is not None


def _with_rumour(document: dict[str, Any], rumour: str) -> dict[str, Any]:
    """Told in every kind of text: the service's, its organization's, its places'."""
    document |= {"description": rumour, "eligibility_description": rumour, "alert": rumour}
    document["phones"][0]["description"] = rumour
    document["organization"]["description"] += rumour
    for link in document["service_at_locations"]:
        link |= {"description": rumour}
        link["location"] |= {"description": rumour, "transportation": rumour}
    return document


def test_a_shelter_is_not_named_by_a_clinic(shelf: Shelf, tmp_path: Path) -> None:
    shelter, clinic, line = copy.deepcopy(nested())
    shelter["service_at_locations"][0]["location"]["alternate_name"] = "Casa Álamo"
    clinic["description"] = "Nurses of the CASA ALAMO, home of Harbor House Shelter’s families."
    _fill(shelf, tmp_path, [shelter, clinic, line])
    told = shelf.get("/services/svc-2")["description"]
    assert told == "Nurses of the …, home of …’s families."


def test_a_name_that_others_bear_openly_is_told(shelf: Shelf, tmp_path: Path) -> None:
    """So is the name of an organization that also runs an open service."""
    shelter, clinic, line = copy.deepcopy(nested())
    shelter["name"] = "Safe beds"
    clinic |= {"organization": shelter["organization"], "description": "Harbor House has safe beds"}
    _fill(shelf, tmp_path, [shelter, clinic, {**line, "name": "Safe Beds"}])
    assert shelf.get("/services/svc-2")["description"] == "Harbor House has safe beds"


def test_a_change_of_a_confidential_name_counts_at_once(shelf: Shelf, tmp_path: Path) -> None:
    shelter, clinic, line = copy.deepcopy(nested())
    clinic["description"] = "We also run Alder Refuge."
    for name, told in (("Harbor Home", clinic["description"]), ("Alder Refuge", "We also run ….")):
        shelter["name"] = name
        _fill(shelf, tmp_path, [shelter, clinic, line])
        assert shelf.get("/services/svc-2")["description"] == told
