"""Reading a package from disk into rows: HSDS 3.x CSV or JSON, or the older CSV layout.

https://docs.openreferral.org/en/latest/hsds/
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.directory.errors import PackageUnreadable
from bot.directory.flattening import flatten, without_repeats
from bot.directory.report import Report
from bot.directory.rows import Row, Tables, storable

#: Characters in one field, and bytes in one file; a directory needs neither.
LARGEST_FIELD = 100_000
LARGEST_FILE = 500_000_000


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
                known = {k: storable(v) for k, v in values.items() if k and isinstance(v, str)}
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
            flatten(tables, path.name, number, _table(item), item)
            report.read[path.name] += 1
    except (ValueError, RecursionError) as error:
        raise PackageUnreadable(path, "is not readable JSON") from error
    if not tables.get("services"):
        raise PackageUnreadable(path, "holds no services")
    return without_repeats(tables)


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
