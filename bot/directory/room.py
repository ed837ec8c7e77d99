"""How much room services had when somebody last said so, for as long as that means anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.capacities import find_capacities
from bot.store.entry_pages import CAPACITY_COUNTS_FOR
from bot.store.tables import CapacityRow


@dataclass(frozen=True)
class Room:
    """So many ``unit`` (beds, places or rooms) were free at ``said_at``, by the site's clock.

    ``today`` is false when that was yesterday.
    """

    available: int
    unit: str
    said_at: datetime
    today: bool


async def find_room(
    session: AsyncSession, listing_ids: Sequence[str], now: datetime
) -> dict[str, Room]:
    """By listing, what was said within a day before ``now``, which carries the site's time zone."""
    entries = {one: _find_entry_ids(one) for one in listing_ids}
    said = await find_capacities(session, {one for ids in entries.values() for one in ids})
    found = {listing: _find_one(ids, said) for listing, ids in entries.items()}
    return {
        listing: _render(row, now)
        for listing, row in found.items()
        if row is not None and now - CAPACITY_COUNTS_FOR < row.reported_at <= now
    }


def _find_entry_ids(listing_id: str) -> list[str]:
    """What may be the entry's id: a listing's is that, or that with ``@`` and a place's."""
    ends = [at for at, letter in enumerate(listing_id) if letter == "@"]
    return [listing_id[:end] for end in (*ends, len(listing_id))]


def _find_one(entry_ids: Sequence[str], said: Mapping[str, CapacityRow]) -> CapacityRow | None:
    """Where ids hold an ``@`` themselves, two may fit; then nobody is told anything."""
    rows = [said[one] for one in entry_ids if one in said]
    return rows[0] if len(rows) == 1 else None


def _render(row: CapacityRow, now: datetime) -> Room:
    said_at = row.reported_at.astimezone(now.tzinfo)
    return Room(row.available, row.unit, said_at, today=said_at.date() == now.date())
