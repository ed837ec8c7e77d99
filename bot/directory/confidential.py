"""Confidential places: how they are marked, and what must not be said of them.

HSDS has no field for it. A location is confidential when an attribute links it to
the term ``confidential``. Such a location has no address row and no coordinates,
and no text about it or its services may hold what looks like a street address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.directory.package import Row, Tables
from bot.directory.report import Refusal

TERM = "confidential"
_PLAINLY = "street|avenue|ave|road|rd|boulevard|blvd|lane|highway|hwy"
_WITH_CAPITALS = "St|Dr|Drive|Ct|Court|Way|Pl|Place|Cir|Circle|Ter|Terrace|Pkwy|Parkway"
_STREET = re.compile(
    rf"\b\d{{1,6}}\s+(?:(?:[\w.'-]+\s+){{1,4}}(?i:{_PLAINLY})"
    rf"|(?:[A-Z0-9][\w.'-]*\s+){{1,4}}(?:{_WITH_CAPITALS}))\b"
)
#: Tables whose rows say something about a location, or about a service by its id.
_SAY_OF_SERVICE = {
    "services": "id",
    "required_documents": "service_id",
    "cost_options": "service_id",
    "phones": "service_id",
}
_SAY_OF_LOCATION = {"locations": "id", "phones": "location_id", "schedules": "location_id"}


def find_confidential(tables: Tables) -> frozenset[str]:
    """The ids of all confidential locations."""
    terms = {row.get("id") for row in tables.get("taxonomy_terms", ()) if _is_term(row)} | {TERM}
    return frozenset(
        row.get("link_id")
        for row in tables.get("attributes", ())
        if row.get("taxonomy_term_id") in terms
    )


def find_leaks(tables: Tables, confidential: frozenset[str]) -> Iterator[Refusal]:
    """Everything in the package that would tell where a confidential place is."""
    for row in tables.get("addresses", ()):
        if row.get("location_id") in confidential:
            yield Refusal(row.file, row.number, "an address of a confidential place")
    for row in tables.get("locations", ()):
        if row.get("id") in confidential and (row.get("latitude") or row.get("longitude")):
            yield Refusal(row.file, row.number, "coordinates of a confidential place")
    services = _services_at(tables, confidential)
    yield from _find_streets(tables, _SAY_OF_LOCATION, confidential)
    yield from _find_streets(tables, _SAY_OF_SERVICE, services)


def _find_streets(
    tables: Tables, columns: Mapping[str, str], ids: frozenset[str]
) -> Iterator[Refusal]:
    for table, column in columns.items():
        for row in tables.get(table, ()):
            if row.get(column) in ids and any(map(_STREET.search, row.values.values())):
                reason = "a street address in a text about a confidential place"
                yield Refusal(row.file, row.number, reason)


def _services_at(tables: Tables, locations: frozenset[str]) -> frozenset[str]:
    return frozenset(
        row.get("service_id")
        for row in tables.get("service_at_location", ())
        if row.get("location_id") in locations
    )


def _is_term(row: Row) -> bool:
    return TERM in {row.get("code").lower(), row.get("name").lower()}
