"""The tables of a package by what their rows belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.directory.confidential import Confidential, find_confidential
from bot.directory.rows import Row, Tables

_LOOKED_UP = {
    "organizations": ("id",),
    "locations": ("id",),
    "service_at_location": ("service_id",),
    "addresses": ("location_id",),
    "phones": ("service_id", "service_at_location_id", "location_id", "organization_id"),
    "schedules": ("service_id", "service_at_location_id", "location_id"),
    "languages": ("service_id", "location_id", "phone_id"),
    "cost_options": ("service_id",),
    "required_documents": ("service_id",),
    "service_areas": ("service_id",),
    "attributes": ("link_id",),
}


@dataclass(frozen=True)
class Index:
    """The tables of a package, ready to be looked up by what they belong to."""

    tables: Mapping[str, Mapping[str, Mapping[str, list[Row]]]]
    terms: Mapping[str, Row]
    confidential: Confidential

    def of(self, table: str, column: str, row_id: str) -> list[Row]:
        """The rows of ``table`` whose ``column`` names ``row_id``."""
        return self.tables[table][column].get(row_id, []) if row_id else []


def build_index(tables: Tables) -> Index:
    """Every table by what its rows belong to."""
    looked_up: dict[str, dict[str, dict[str, list[Row]]]] = {}
    for table, columns in _LOOKED_UP.items():
        looked_up[table] = {column: defaultdict(list) for column in columns}
        for row in tables.get(table, ()):
            for column in columns:
                if value := row.get(column):
                    looked_up[table][column][value].append(row)
    terms = {row.get("id"): row for row in tables.get("taxonomy_terms", ())}
    return Index(looked_up, terms, find_confidential(tables))
