"""From nested HSDS objects to rows of tables. ``bot.directory.nesting`` is the way back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from bot.directory.hsds import LINKED, LISTS, OWNERS, SINGLE, SINGLE_ID, find_kind, find_table
from bot.directory.rows import Row, Tables, storable

#: Ids of objects that came without one are made from what they say.
MADE = uuid.UUID("0a4e1d0e-9a3f-5c55-8a1e-6f0d1f0f2b77")
#: Objects that must bring their own id.
_KNOWN = frozenset({"services", "organizations", "locations"})


def flatten(
    tables: Tables, file: str | None, number: int, table: str, item: Mapping[str, Any],
    parent: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Write ``item`` as a row of ``table``, and what it holds as rows that point to it.

    Returns its id. Without a ``file``, rows tell their table and their place in it.
    """
    kind = find_kind(table)
    lists = {name: found for name in item if (found := _find_objects(name, item[name], kind))}
    plain = {
        name: _say(value)
        for name, value in item.items()
        if value is not None and name not in lists and name not in LISTS and name not in SINGLE
    }
    if (lists or parent is None) and not plain.get("id") and table not in _KNOWN:
        plain["id"] = make_id(table, item)
    for name in SINGLE.keys() & item.keys():
        if isinstance(item[name], dict):
            plain[SINGLE_ID[name]] = flatten(tables, file, number, SINGLE[name], item[name])
    item_id = plain.get("id", "")
    for inner_table, inner in lists.values():
        for one in inner:
            flatten(tables, file, number, inner_table, one, point_to(kind, item_id, inner_table))
    rows = tables.setdefault(table, [])
    where = (file, number) if file else (table, len(rows) + 1)
    rows.append(Row(*where, {**plain, **(parent or {})}))
    return item_id


def point_to(kind: str, item_id: str, table: str) -> dict[str, str]:
    """The columns with which a row of ``table`` says what it belongs to."""
    if table in LINKED:
        by_id, by_kind = LINKED[table]
        return {by_id: item_id, by_kind: kind}
    return {f"{kind}_id": item_id}


def without_repeats(tables: Tables) -> Tables:
    """A place that services share is written out in each; a service twice is a mistake."""
    return {
        table: rows if table == "services" else _first_of_each(rows)
        for table, rows in tables.items()
    }


def make_id(table: str, values: Mapping[str, Any]) -> str:
    """The same id for the same values, each time."""
    return str(uuid.uuid5(MADE, table + json.dumps(values, sort_keys=True, default=str)))


def _first_of_each(rows: list[Row]) -> list[Row]:
    first = {frozenset(row.values.items()): row for row in reversed(rows)}
    return list(reversed(first.values()))


def _find_objects(name: str, value: Any, kind: str) -> tuple[str, list[dict[str, Any]]] | None:
    """The table of a list of objects, and the objects; what belongs to an object of no kind that
    can own rows is no table.
    """
    table = find_table(name) if name in LISTS or kind in OWNERS else None
    if table is None or not isinstance(value, list):
        return None
    objects = [one for one in value if isinstance(one, dict)]
    return (table, objects) if objects else None


def _say(value: Any) -> str:
    """A value as a column holds it: what HSDS has no table for stays as JSON."""
    if isinstance(value, dict | list | bool):
        return storable(json.dumps(value, ensure_ascii=False))
    return storable(str(value))
