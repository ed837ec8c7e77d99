"""Whatever is in a directory: nothing of a confidential place is told to other directories."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.public import render_organization, render_place, render_service
from bot.store import embedded
from bot.store.open_entries import OpenEntry, Wanted, count_open
from bot.store.tables import EntryRow
from tests.databases import Databases
from tests.directory.packages import write_json
from tests.doors.shelf import NOW, Shelf, open_own_shelf

MARKS = [
    {"value": "Confidential"},
    {"taxonomy_term": {"id": "confidential", "name": "x"}},
    {"taxonomy_term": {"id": "t-1", "name": "CONFIDENTIAL"}},
    {"taxonomy_term": {"id": "t-2", "code": "confidential", "name": "y"}},
]
STATUSES = ["active", "active", "active", "temporarily closed"]
_numbers = st.integers(0, 3)


@dataclass
class Plan:
    """Which services there are: their organization, places, marks. Numbers stand for things."""

    services: list[tuple[int, list[int], str]] = field(default_factory=list)
    marked: dict[str, set[int]] = field(default_factory=dict)
    mark: dict[str, Any] = field(default_factory=dict)

    def hidden_places(self) -> set[int]:
        """Locations that nobody may be told of."""
        hidden = set(self.marked["location"])
        for number, (organization, places, _) in enumerate(self.services):
            if self.is_marked(number, organization):
                hidden |= set(places)
            if number in self.marked["link"]:
                hidden |= set(places[:1])
        return hidden

    def is_marked(self, number: int, organization: int) -> bool:
        """Whether the service or its organization is marked as a whole."""
        return number in self.marked["service"] or organization in self.marked["organization"]

    def open_services(self) -> set[int]:
        """Services that may be told."""
        hidden = self.hidden_places()
        return {
            number
            for number, (organization, places, status) in enumerate(self.services)
            if status == "active"
            and not self.is_marked(number, organization)
            and (not places or set(places) - hidden)
        }

    def secrets(self) -> set[str]:
        """Every word that only what is hidden holds."""
        hidden, told = self.hidden_places(), self.open_services()
        gone = set(range(len(self.services))) - told
        seen = {self.services[one][0] for one in told}
        houses = {organization for organization, _, _ in self.services} - seen
        careful = {o for o, places, _ in self.services if set(places) & hidden} | {
            o for number, (o, _, _) in enumerate(self.services) if self.is_marked(number, o)
        }
        return {
            *(f"{word}-s{one}-" for one in gone for word in ("id", "name", "phone", "text")),
            *(
                f"{word}-l{one}-"
                for one in hidden
                for word in ("id", "name", "phone", "hours", "at")
            ),
            *(f"{word}-o{one}-" for one in houses for word in ("id", "name")),
            *(f"{word}-o{one}-" for one in careful for word in ("phone", "mail", "office")),
        }

    def documents(self, *, leaky: bool = False) -> list[dict[str, Any]]:
        """The directory as services; ``leaky``: with addresses where none may be."""
        return [self._service(number, leaky) for number in range(len(self.services))]

    def _marks(self, kind: str, number: int) -> list[dict[str, Any]]:
        return [{"id": f"m-{kind}-{number}", **self.mark}] if number in self.marked[kind] else []

    def _service(self, number: int, leaky: bool) -> dict[str, Any]:
        organization, places, status = self.services[number]
        need = {"id": f"n-{number}", "taxonomy_term": {"id": "need-food", "name": "Food"}}
        links = [self._link(number, place, leaky) for place in places]
        if links and number in self.marked["link"]:
            links[0]["attributes"] = [{"id": f"m-link-{number}", **self.mark}]
        return {
            "id": f"id-s{number}-", "name": f"name-s{number}-", "status": status,
            "description": f"text-s{number}-",
            "phones": [{"id": f"p-s{number}", "number": f"phone-s{number}-"}],
            "attributes": [need, *self._marks("service", number)],
            "service_at_locations": links,
            "organization": {
                "id": f"id-o{organization}-", "name": f"name-o{organization}-",
                "email": f"mail-o{organization}-", "description": f"office-o{organization}-",
                "phones": [{"id": f"p-o{organization}", "number": f"phone-o{organization}-"}],
                "attributes": self._marks("organization", organization),
            },
        }  # fmt: skip

    def _link(self, number: int, place: int, leaky: bool) -> dict[str, Any]:
        address = {"id": f"a-{place}", "address_1": f"at-l{place}-", "city": "Alder Falls"}
        is_open = place not in self.hidden_places()
        return {
            "id": f"at-l{place}-s{number}",
            "location": {
                "id": f"id-l{place}-", "name": f"name-l{place}-",
                "phones": [{"id": f"p-l{place}", "number": f"phone-l{place}-"}],
                "schedules": [{"id": f"h-l{place}", "description": f"hours-l{place}-"}],
                "attributes": self._marks("location", place),
                **({"addresses": [address]} if is_open or leaky else {}),
            },
        }  # fmt: skip


_services = st.lists(
    st.tuples(_numbers, st.lists(_numbers, unique=True, max_size=2), st.sampled_from(STATUSES)),
    min_size=1,
    max_size=5,
)
_some = st.sets(_numbers, max_size=2)
plans = st.builds(
    Plan,
    _services,
    st.fixed_dictionaries(
        {
            "location": _some,
            "service": _some,
            "link": _some,
            "organization": st.sets(_numbers, max_size=1),
        }
    ),
    st.sampled_from(MARKS),
)


@pytest.fixture(scope="module")
def shelf(
    cluster: embedded.Cluster, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    """A gateway whose directory is filled anew again and again."""
    with open_own_shelf(cluster, databases, tmp_path_factory.mktemp("secrets")) as shelf:
        yield shelf


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_nothing_of_a_confidential_place_is_told(
    shelf: Shelf, tmp_path_factory: pytest.TempPathFactory, plan: Plan
) -> None:
    shelf.clear()
    shelf.take(write_json(tmp_path_factory.mktemp(f"p{uuid.uuid4().hex}"), plan.documents()))
    told = list(ask_everything(shelf, plan))
    assert [word for word in plan.secrets() if any(word in one for one in told)] == []
    wanted = {f"id-s{one}-" for one in plan.open_services()}
    assert set(shelf.ids("/services")) == wanted
    # The first wall alone: what is counted has not passed the second.
    assert shelf.desk.do(lambda session: count_open(session, Wanted())) == len(wanted)


def ask_everything(shelf: Shelf, plan: Plan) -> Iterator[str]:
    """Every list in every form, every object by its id; without the page's own numbers."""
    for path in ("services", "organizations", "service_at_locations"):
        for asked in ({}, {"full": "true"}, {"minimal": "true"}, {"taxonomy_term_id": "need-food"}):
            yield shelf.client.get(f"/hsds/{path}", params=asked).text
        for number in range(5):
            ids = [f"id-s{number}-", f"id-o{number}-"]
            ids += [f"id-s{number}-@id-l{place}-" for place in range(4)]
            for one in ids:
                yield shelf.client.get(f"/hsds/{path}/{one}").text
    for number in range(4):
        asked = {"organization_id": f"id-o{number}-", "full": "true"}
        yield shelf.client.get("/hsds/services", params=asked).text


@settings(deadline=None)
@given(plan=plans)
def test_second_wall_stands_alone(plan: Plan) -> None:
    """If the database let all through, with addresses, a document's own marks still count."""
    for number, document in enumerate(plan.documents(leaky=True)):
        places = plan.services[number][1]
        alone = Plan([plan.services[number]], _only(plan, number), plan.mark)
        hidden = {
            f"{word}-l{one}-" for one in alone.hidden_places() for word in ("id", "name", "at")
        }
        entry = _let_through(document, places)
        told = [render_service(entry, discreet=False), render_organization(entry, discreet=False)]
        told += [render_place(entry, f"id-l{one}-", discreet=False) for one in places]
        assert [word for word in hidden if word in repr(told)] == []
        if not alone.open_services():
            assert not any(told)


def _only(plan: Plan, number: int) -> dict[str, set[int]]:
    """The marks, with the service counted as the first."""
    renumbered = {
        kind: {0} if number in plan.marked[kind] else set() for kind in ("service", "link")
    }
    return {**plan.marked, **renumbered}


def _let_through(document: dict[str, Any], places: list[int]) -> OpenEntry:
    row = EntryRow(id=document["id"], document=document, changed_at=NOW)
    return OpenEntry(row, frozenset(f"id-l{one}-" for one in places), ("food",), None)
