"""How much room a service has, in the words of HSDS (``service_capacity`` and ``unit``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.directory.flattening import make_id
from bot.directory.nesting import Document
from bot.directory.rows import Row, Tables
from bot.store.capacities import UNITS
from bot.store.tables import CapacityRow

#: The most that a column of the database holds.
_MOST = 2**31 - 1


def render_document(document: Document, capacity: CapacityRow | None) -> Document:
    """What leaves the house of one entry."""
    if capacity is None:
        return document
    said = {
        "id": make_id("service_capacity", {"entry": capacity.entry_id, "unit": capacity.unit}),
        "available": capacity.available,
        "updated": capacity.reported_at.astimezone(UTC).isoformat(),
        "unit": {"id": capacity.unit, "name": capacity.unit.capitalize()},
    }
    if capacity.maximum is not None:
        said["maximum"] = capacity.maximum
    return {**document, "capacities": [said]}


def parse_capacities(untrusted_tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Values for the table ``capacity``, one for each service; what cannot be read is left out."""
    units = {row.get("id"): row.get("name") for row in untrusted_tables.get("units", ())}
    seen: set[str] = set()
    for row in untrusted_tables.get("service_capacity", ()):
        values = _parse(row, units)
        if values and values["entry_id"] not in seen:
            seen.add(values["entry_id"])
            yield values


def _parse(row: Row, units: Mapping[str, str]) -> Mapping[str, Any] | None:
    unit_id = row.get("unit_id")
    names = {unit_id.lower(), units.get(unit_id, "").lower()}
    unit = next((one for one in UNITS if one in names), None)
    available, maximum = _parse_count(row.get("available")), _parse_count(row.get("maximum"))
    try:
        updated = datetime.fromisoformat(row.get("updated"))
    except ValueError:
        return None
    if not row.get("service_id") or unit is None or available is None:
        return None
    return {
        "entry_id": row.get("service_id"), "available": available, "maximum": maximum,
        "unit": unit, "reported_at": updated if updated.tzinfo else updated.replace(tzinfo=UTC),
    }  # fmt: skip


def _parse_count(text: str) -> int | None:
    is_count = text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST))
    return min(int(text), _MOST) if is_count else None
