"""From the tables of a package to one document for each service, as an HSDS 3 API says it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bot.directory.flattening import make_id
from bot.directory.hsds import (
    DAILY,
    LINKED,
    LISTS,
    NUMBERS,
    OWNERS,
    SINGLE,
    SINGLE_ID,
    TEXTS,
    find_kind,
    find_list,
    find_table,
)
from bot.directory.owning import find_owners
from bot.directory.rows import Row, Tables

Document = dict[str, Any]

#: Tables whose rows are found by their id, and stand where they are named.
_NAMED = ("organizations", "locations", "taxonomy_terms", "taxonomies", "programs")
#: The objects that rows of a table name.
_NAMES = {
    "services": ("organization", "program"),
    "service_at_location": ("location",),
    "attributes": ("taxonomy_term",),
    "taxonomy_terms": ("taxonomy_detail",),
}
#: Rows of these stand nowhere but where others name them, or are what everything stands in.
_ELSEWHERE = frozenset({"services", "service_at_location", *_NAMED} - {"programs"}) | DAILY
_FOREIGN = frozenset({*OWNERS.values(), *(column for pair in LINKED.values() for column in pair)})
#: Characters of JSON beside a name and its value.
_AROUND = 6
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")


class Nesting:
    """A package's tables, ready to be put together service by service."""

    def __init__(self, tables: Tables) -> None:
        self._services = tables.get("services", [])
        self._named = {table: _merge(tables.get(table, ())) for table in _NAMED}
        self._links: dict[str, list[Row]] = defaultdict(list)
        for row in tables.get("service_at_location", ()):
            self._links[row.get("service_id")].append(row)
        self._owned: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
        for table, rows in tables.items():
            if table not in _ELSEWHERE and find_table(table):
                for row in rows:
                    for owner in find_owners(table, row):
                        self._owned[owner].append((table, row))

    def nest(self, row: Row) -> Document:
        """The document of one row of the table ``services``."""
        document = self._object("services", row.values)
        document.pop("location_id", None)
        links = (self._link(link) for link in self._links.get(row.get("id"), ()))
        if listed := list(links):
            document["service_at_locations"] = listed
        return document

    def count_unlinked(self) -> int:
        """Organizations and locations that no service names: no document has them."""
        organizations = {row.get("organization_id") for row in self._services}
        return len(self._named["organizations"].keys() - organizations) + len(
            self._named["locations"].keys() - self.find_places()
        )

    def find_places(self) -> frozenset[str]:
        """The ids of the locations that services name, and that the package has."""
        services = {row.get("id") for row in self._services}
        return frozenset(place for one in services for place in self.find_places_of(one))

    def find_places_of(self, service_id: str) -> set[str]:
        """The same of one service."""
        places = {row.get("location_id") for row in self._links.get(service_id, ())}
        return self._named["locations"].keys() & places

    def count_characters(self) -> int:
        """Of all documents together, about. What services share is written out in each of them, so
        that a small package may become a large directory.
        """
        known: dict[tuple[str, str], int] = {}
        return sum(
            self._count("services", row.values, known)
            + sum(
                self._count("service_at_location", link.values, known)
                for link in self._links.get(row.get("id"), ())
            )
            for row in self._services
        )

    def _count(
        self, table: str, values: Mapping[str, str], known: dict[tuple[str, str], int]
    ) -> int:
        """One row with all that stands in it; ``known`` is what was counted before, by owner."""
        count = sum(len(one) + len(said) + _AROUND for one, said in values.items() if said)
        for named in self._find_named(table, values).values():
            count += self._count(*named, known)
        owner = (find_kind(table), values.get("id", "").strip() or make_id(table, values))
        if owner not in known:
            owned = self._owned.get(owner, ())
            known[owner] = sum(self._count(inner, row.values, known) for inner, row in owned)
        return count + known[owner]

    def _link(self, row: Row) -> Document:
        link = self._object("service_at_location", row.values)
        link.pop("service_id", None)
        return link

    def _object(self, table: str, values: Mapping[str, str]) -> Document:
        """One row with the objects that it names and everything that belongs to it."""
        made: Document = {
            name: _read(name, value)
            for name, value in values.items()
            if value.strip() and name not in LISTS and name not in SINGLE
        }
        made["id"] = values.get("id", "").strip() or make_id(table, values)
        if table not in _ELSEWHERE:
            made = {name: value for name, value in made.items() if name not in _FOREIGN}
        self._add_named(made, table, values)
        return made | self._find_owned((find_kind(table), made["id"]))

    def _add_named(self, made: Document, table: str, values: Mapping[str, str]) -> None:
        for name, known in self._find_named(table, values).items():
            made.pop(SINGLE_ID[name], None)
            made[name] = self._object(*known)

    def _find_named(
        self, table: str, values: Mapping[str, str]
    ) -> dict[str, tuple[str, Mapping[str, str]]]:
        """The table and the row of each object that a row names."""
        ids = {name: values.get(SINGLE_ID[name], "").strip() for name in _NAMES.get(table, ())}
        return {
            name: (SINGLE[name], known)
            for name, one in ids.items()
            if (known := self._named[SINGLE[name]].get(one))
        }

    def _find_owned(self, owner: tuple[str, str]) -> Document:
        """The lists of what belongs to an object."""
        owned: dict[str, list[Document]] = {}
        for table, row in self._owned.get(owner, ()):
            inner = self._object(table, row.values)
            listed = owned.setdefault(find_list(table), [])
            if inner not in listed:
                listed.append(inner)
        return owned


def _merge(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Rows by id. Where one is written out twice, the first counts, and the second adds to it."""
    merged: dict[str, dict[str, str]] = {}
    for row in rows:
        if row_id := row.get("id"):
            known = merged.setdefault(row_id, {})
            for name, value in row.values.items():
                if not known.get(name):
                    known[name] = value
    return merged


def _read(name: str, text: str) -> Any:
    """A column's value as JSON has it; where that would not come back the same, as text."""
    if name in NUMBERS:
        return _read_number(text)
    if name not in TEXTS and text[0] in "[{":
        return _read_json(text)
    return text


def _read_number(text: str) -> Any:
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text) if "." in text else int(text)
    return number if _NUMBER.fullmatch(str(number)) else text


def _read_json(text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if json.dumps(value, ensure_ascii=False) == text else text
