"""Confidential places: how they are marked, and what must not be said of them.

HSDS has no field for it. A location is confidential when an attribute links it to
the term ``confidential``. Such a location has no address row and no coordinates,
and no text about it or its services may hold what looks like a street address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.directory.package import Row, Tables
from bot.directory.report import Refusal

TERM = "confidential"
_STREET = re.compile(
    r"\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w.'-]*\s+){1,4}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Way|Pl|Place|Hwy|Highway)\b",
    re.IGNORECASE,
)
_TEXTS = ("name", "alternate_name", "description", "transportation", "alert", "application_process")


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
    for table, ids in (("locations", confidential), ("services", services)):
        for row in tables.get(table, ()):
            if row.get("id") in ids and any(_STREET.search(row.get(name)) for name in _TEXTS):
                yield Refusal(row.file, row.number, "a street address in a text about a confidential place")


def _services_at(tables: Tables, locations: frozenset[str]) -> frozenset[str]:
    return frozenset(
        row.get("service_id")
        for row in tables.get("service_at_location", ())
        if row.get("location_id") in locations
    )


def _is_term(row: Row) -> bool:
    return TERM in {row.get("code").lower(), row.get("name").lower()}
