"""Confidential places: how they are marked, and what must not be said of them.

HSDS has no field for it. A location is confidential when an attribute links it to
the term ``confidential``; a mark on a service or an organization holds for all of
their locations. Such a location has no address row and no coordinates, and no text
about it or its services may hold what looks like a street address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.care.streets import tells_where
from bot.directory.hsds import MARKED, find_kind
from bot.directory.owning import find_owners
from bot.directory.report import Refusal
from bot.directory.rows import Row, Tables

TERM = "confidential"
#: Columns that may hold a map: of the area that is served, not of the place.
_MAPS = frozenset({"extent"})
#: Which tables are looked through first, for rows of others belong to theirs.
_ORDER = {"service_at_location": 0, "contacts": 1, "phones": 2}


@dataclass(frozen=True)
class Confidential:
    """Ids of the locations, and of services that are marked themselves."""

    locations: frozenset[str]
    services: frozenset[str]


def find_confidential(tables: Tables) -> Confidential:
    """What is marked, and what is confidential because of that."""
    marks = list(_find_marks(tables))
    organizations, links = _marked("organization", marks), _marked("service_at_location", marks)
    services = _marked("service", marks) | _ids(
        "services", "id", tables, organization_id=organizations
    )
    locations = (
        _marked("location", marks)
        | _ids("locations", "id", tables, organization_id=organizations)
        | _ids("service_at_location", "location_id", tables, service_id=services)
        | _ids("service_at_location", "location_id", tables, id=links)
    )
    return Confidential(locations, services)


def find_leaks(tables: Tables, confidential: Confidential) -> Iterator[Refusal]:
    """Everything in the package that would tell where a confidential place is."""
    subjects = _find_subjects(tables, confidential)
    for table, rows in tables.items():
        for row in rows:
            if reason := subjects.find_leak(table, row):
                yield Refusal(row.file, row.number, reason)


@dataclass(frozen=True)
class _Subjects:
    """The confidential locations, and the services and organizations that are at them."""

    locations: frozenset[str]
    services: frozenset[str]
    organizations: frozenset[str]
    #: Kind and id of all that belongs to them, and so may tell where they are.
    theirs: frozenset[tuple[str, str]]

    def find_leak(self, table: str, row: Row) -> str | None:
        """What a row gives away, if it does."""
        if table == "organizations":  # Its name is shown; its office may have an address.
            told = row.get("id") in self.organizations and tells_where(row.get("name"))
            return "a street address in the name of its organization" if told else None
        if not self._is_about(table, row):
            return None
        if table == "addresses":
            return "an address of a confidential place"
        if table == "locations" and (row.get("latitude") or row.get("longitude")):
            return "coordinates of a confidential place"
        if any(tells_where(text) for name, text in row.values.items() if name not in _MAPS):
            return "a street address in a text about a confidential place"
        return None

    def _is_about(self, table: str, row: Row) -> bool:
        """Whether a row says something of such a place; a link to another place does not."""
        if table == "services":
            return row.get("id") in self.services
        if table == "locations":
            return row.get("id") in self.locations
        if table == "service_at_location" and (location := row.get("location_id")):
            return location in self.locations
        return any(owner in self.theirs for owner in find_owners(table, row))


def _find_subjects(tables: Tables, confidential: Confidential) -> _Subjects:
    locations = confidential.locations
    at_them = _ids("service_at_location", "service_id", tables, location_id=locations)
    services = confidential.services | at_them
    organizations = _ids("services", "organization_id", tables, id=services)
    return _Subjects(locations, services, organizations, _find_theirs(tables, locations, services))


def _find_theirs(
    tables: Tables, locations: frozenset[str], services: frozenset[str]
) -> frozenset[tuple[str, str]]:
    theirs = {("location", one) for one in locations} | {("service", one) for one in services}
    # People before their phones, and phones before the languages spoken there.
    for table in sorted(tables, key=lambda name: _ORDER.get(name, 3)):
        if theirs and table not in {"attributes", "services", "locations", "organizations"}:
            theirs |= {
                (find_kind(table), row.get("id"))
                for row in tables[table]
                if row.get("id") and not theirs.isdisjoint(find_owners(table, row))
            }
    return frozenset(theirs)


def _find_marks(tables: Tables) -> Iterator[Row]:
    terms = {TERM} | {
        row.get("id").lower()
        for row in tables.get("taxonomy_terms", ())
        if TERM in {row.get("code").lower(), row.get("name").lower()}
    }
    for row in tables.get("attributes", ()):
        if row.get("taxonomy_term_id").lower() in terms or row.get("value").lower() == TERM:
            yield row


def _marked(kind: str, marks: list[Row]) -> frozenset[str]:
    """Ids of a kind. They repeat between tables, so a mark may say in which; in doubt, in all."""
    return frozenset(
        mark.get("link_id") for mark in marks if mark.get("link_id") and may_be_about(mark, kind)
    )


def may_be_about(mark: Row, kind: str) -> bool:
    """Whether an attribute is about an object of that kind, or does not say."""
    entity = mark.get("link_entity").lower().removesuffix("s")
    return entity == kind or entity not in MARKED


def _ids(table: str, column: str, tables: Tables, **known: frozenset[str]) -> frozenset[str]:
    """The values of a column in the rows whose other column holds one of the ``known`` ids."""
    ((by, ids),) = known.items()
    found = (row.get(column) for row in tables.get(table, ()) if row.get(by) in ids)
    return frozenset(value for value in found if value)
