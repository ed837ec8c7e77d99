"""How much room services have, as somebody said last."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import CapacityRow

UNITS = ("beds", "places", "rooms")


async def find_capacity(session: AsyncSession, entry_id: str) -> CapacityRow | None:
    """What is known of one entry."""
    return (await find_capacities(session, [entry_id])).get(entry_id)


async def find_capacities(
    session: AsyncSession, entry_ids: Iterable[str]
) -> dict[str, CapacityRow]:
    """What is known of these entries, by their ids."""
    rows = select(CapacityRow).where(CapacityRow.entry_id.in_(list(entry_ids)))
    found = await session.scalars(rows.execution_options(populate_existing=True))
    return {row.entry_id: row for row in found}


async def save_capacity(
    session: AsyncSession, entry_id: str, available: int, maximum: int | None, unit: str,
    staff_id: uuid.UUID | None, now: datetime,
) -> None:  # fmt: skip
    """Note what somebody says now; ``staff_id`` is ``None`` when the provider does."""
    values = {
        "entry_id": entry_id, "available": available, "maximum": maximum, "unit": unit,
        "reported_by": staff_id, "reported_at": now,
    }  # fmt: skip
    saved = insert(CapacityRow).values(values)
    kept = {name: saved.excluded[name] for name in values if name != "entry_id"}
    await session.execute(saved.on_conflict_do_update(index_elements=["entry_id"], set_=kept))


async def save_first_capacities(session: AsyncSession, rows: list[Mapping[str, Any]]) -> None:
    """What a package says, of entries of which nobody has said anything here."""
    if rows:
        await session.execute(insert(CapacityRow).on_conflict_do_nothing(), rows)


async def drop_capacity(session: AsyncSession, entry_id: str) -> None:
    """Say nothing any more."""
    await session.execute(delete(CapacityRow).where(CapacityRow.entry_id == entry_id))
