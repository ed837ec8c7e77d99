"""Reading a package from disk into rows: HSDS 3.x CSV or JSON, or the older CSV layout.

https://docs.openreferral.org/en/latest/hsds/
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.directory.errors import PackageUnreadable
from bot.directory.report import Report

#: Characters in one field, and bytes in one file; a directory needs neither.
LARGEST_FIELD = 100_000
LARGEST_FILE = 500_000_000


@dataclass(frozen=True)
class Row:
    """One row of one table, and where it stood, for the report."""

    file: str
    number: int
    values: Mapping[str, str] = field(repr=False)

    def get(self, name: str) -> str:
        """The value of a column without spaces around it; empty when there is none."""
        return self.values.get(name, "").strip()


Tables = dict[str, list[Row]]

#: Lists inside of HSDS JSON, and the tables that they are in the tabular form.
NESTED = {
    "service_at_locations": "service_at_location",
    "languages": "languages",
    "phones": "phones",
    "schedules": "schedules",
    "addresses": "addresses",
    "cost_options": "cost_options",
    "required_documents": "required_documents",
    "attributes": "attributes",
    "service_areas": "service_areas",
    "services": "services",
    "locations": "locations",
}
_SINGLE = {
    "organization": "organizations",
    "location": "locations",
    "service": "services",
    "taxonomy_term": "taxonomy_terms",
}


def read_package(path: Path, report: Report) -> Tables:
    """Every row of the package at ``path``. Raises :class:`PackageUnreadable`."""
    if path.is_dir():
        return _read_folder(path, report)
    if path.suffix.lower() == ".json":
        return _read_json(path, report)
    raise PackageUnreadable(path, "is neither a folder of CSV files nor a JSON file")


def _read_folder(path: Path, report: Report) -> Tables:
    files = sorted(path.glob("*.csv"))
    if not any(file.stem == "services" for file in files):
        raise PackageUnreadable(path, "holds no services.csv")
    return {file.stem: list(_read_csv(file, report)) for file in files}


def _read_csv(path: Path, report: Report) -> Iterator[Row]:
    if path.stat().st_size > LARGEST_FILE:
        raise PackageUnreadable(path, "is too large")
    csv.field_size_limit(LARGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for values in reader:
                report.read[path.name] += 1
                known = {k: _storable(v) for k, v in values.items() if k and isinstance(v, str)}
                yield Row(path.name, reader.line_num, known)
    except (csv.Error, UnicodeDecodeError) as error:
        raise PackageUnreadable(path, f"is not a readable CSV file ({error})") from error


def _read_json(path: Path, report: Report) -> Tables:
    if path.stat().st_size > LARGEST_FILE:
        raise PackageUnreadable(path, "is too large")
    tables: Tables = {}
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        for number, item in enumerate(_items(content), start=1):
            _flatten(tables, path.name, number, _table(item), item, {})
            report.read[path.name] += 1
    except (ValueError, RecursionError) as error:
        raise PackageUnreadable(path, "is not readable JSON") from error
    if not tables.get("services"):
        raise PackageUnreadable(path, "holds no services")
    return {name: _without_repeats(name, rows) for name, rows in tables.items()}


def _items(content: Any) -> Iterable[dict[str, Any]]:
    """One object, a list of them, or a page of an HSDS API."""
    if isinstance(content, dict) and "id" not in content:
        content = content.get("contents", content.get("services", [content]))
    items = [content] if isinstance(content, dict) else content
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _table(item: Mapping[str, Any]) -> str:
    """Which of the three objects that an HSDS API lists this is."""
    if "location" in item and "service" in item:
        return "service_at_location"
    marks = {"status", "service_at_locations", "organization", "organization_id"}
    return "services" if marks & item.keys() else "organizations"


def _flatten(
    tables: Tables,
    file: str,
    number: int,
    table: str,
    item: Mapping[str, Any],
    parents: Mapping[str, str],
) -> str:
    """Write ``item`` as a row of ``table``, and what it holds as rows that point back to it."""
    plain = {
        name: _storable(str(value))
        for name, value in item.items()
        if value is not None and not isinstance(value, dict | list)
    }
    item_id, kind = plain.get("id", ""), table.removesuffix("s")
    links = {**parents, f"{kind}_id": item_id, "link_id": item_id, "link_entity": kind}
    for name, inner_table in _SINGLE.items():
        if isinstance(inner := item.get(name), dict):
            inner_id = _flatten(tables, file, number, inner_table, inner, {})
            plain.setdefault(f"{name}_id", inner_id)
    for name, inner_table in NESTED.items():
        listed = item.get(name)
        for inner in listed if isinstance(listed, list) else ():
            if isinstance(inner, dict):
                _flatten(tables, file, number, inner_table, inner, links)
    tables.setdefault(table, []).append(Row(file, number, {**plain, **parents}))
    return item_id


def _without_repeats(table: str, rows: list[Row]) -> list[Row]:
    """A place that services share is written out in each; a service twice is a mistake."""
    if table == "services":
        return rows
    first = {frozenset(row.values.items()): row for row in reversed(rows)}
    return list(reversed(first.values()))


def _storable(text: str) -> str:
    """``text`` without what no database holds: zero bytes and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
