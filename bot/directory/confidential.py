"""Confidential places: how they are marked, and what must not be said of them.

HSDS has no field for it. A location is confidential when an attribute links it to
the term ``confidential``; a mark on a service or an organization holds for all of
their locations. Such a location has no address row and no coordinates, and no text
about it or its services may hold what looks like a street address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.directory.package import Row, Tables
from bot.directory.report import Refusal
from bot.directory.streets import tells_where

TERM = "confidential"
_KINDS = frozenset({"organization", "service", "location", "service_at_location"})
#: Columns that may hold a map: of the area that is served, not of the place.
_MAPS = frozenset({"extent"})


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
        """Whether a row says something of such a place; a row of another place does not."""
        if table == "services":
            return row.get("id") in self.services
        if table == "locations":
            return row.get("id") in self.locations
        if location := row.get("location_id"):
            return location in self.locations
        return row.get("service_id") in self.services


def _find_subjects(tables: Tables, confidential: Confidential) -> _Subjects:
    locations = confidential.locations
    at_them = _ids("service_at_location", "service_id", tables, location_id=locations)
    services = confidential.services | at_them
    return _Subjects(locations, services, _ids("services", "organization_id", tables, id=services))


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
        mark.get("link_id")
        for mark in marks
        if mark.get("link_id")
        and (
            (entity := mark.get("link_entity").lower().removesuffix("s")) == kind
            or entity not in _KINDS
        )
    )


def _ids(table: str, column: str, tables: Tables, **known: frozenset[str]) -> frozenset[str]:
    """The values of a column in the rows whose other column holds one of the ``known`` ids."""
    ((by, ids),) = known.items()
    found = (row.get(column) for row in tables.get(table, ()) if row.get(by) in ids)
    return frozenset(value for value in found if value)
