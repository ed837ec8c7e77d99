"""Entries that anybody may be shown: offered, and at a place that is not confidential.

What the search tells people of (``service``) decides: an entry without an open row there is
not told to other directories either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.capacities import find_capacities
from bot.store.entries import find_conditions
from bot.store.entry_pages import find_entries_by_id
from bot.store.tables import CapacityRow, EntryRow, ServiceRow
from bot.store.tables.entry import IS_MARKED

_ACTIVE = "active"
#: What the search may have of an entry: one for each place, or one without a place.
_LISTINGS = (
    "CASE WHEN entry.location_ids = '{}' THEN ARRAY[entry.id]"
    " ELSE ARRAY(SELECT entry.id || '@' || place.id FROM unnest(entry.location_ids) AS place(id))"
    " END"
)


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for; what is ``None`` or empty is not asked.

    ``need`` is one of the twelve, ``after`` a day on which or after which the entry changed.
    """

    words: str = ""
    organization_id: str | None = None
    need: str | None = None
    after: date | None = None


@dataclass(frozen=True)
class OpenEntry:
    """An entry with ids of its open places (none if it has no place at all), and its needs."""

    row: EntryRow
    places: frozenset[str]
    needs: tuple[str, ...]
    capacity: CapacityRow | None


async def find_open_ids(
    session: AsyncSession, wanted: Wanted, limit: int, offset: int
) -> Sequence[str]:
    """A page of ids in their order."""
    found = select(EntryRow.id).where(*_conditions(wanted), is_open(wanted.need))
    return (await session.scalars(found.order_by(EntryRow.id).limit(limit).offset(offset))).all()


async def count_open(session: AsyncSession, wanted: Wanted) -> int:
    """How many there are."""
    return await _count(session, EntryRow.id, wanted)


async def find_open_pairs(
    session: AsyncSession, wanted: Wanted, limit: int, offset: int
) -> list[tuple[str, str]]:
    """A page of entries' ids with the id of one of their open places each."""
    found = _pairs(wanted).order_by(EntryRow.id, literal_column("place.id"))
    return [(row[0], row[1]) for row in await session.execute(found.limit(limit).offset(offset))]


async def count_open_pairs(session: AsyncSession, wanted: Wanted) -> int:
    """How many there are."""
    return await session.scalar(select(func.count()).select_from(_pairs(wanted).subquery())) or 0


async def find_open_organizations(
    session: AsyncSession, wanted: Wanted, limit: int, offset: int
) -> list[tuple[str, str]]:
    """A page of organizations' ids, each with the id of an open entry that tells of it."""
    found = (
        select(EntryRow.organization_id, func.min(EntryRow.id))
        .where(*_conditions(wanted), is_open(wanted.need))
        .group_by(EntryRow.organization_id)
        .order_by(EntryRow.organization_id)
    )
    return [(row[0], row[1]) for row in await session.execute(found.limit(limit).offset(offset))]


async def count_open_organizations(session: AsyncSession, wanted: Wanted) -> int:
    """How many there are."""
    return await _count(session, EntryRow.organization_id, wanted)


async def find_open_entries(
    session: AsyncSession, entry_ids: Collection[str]
) -> dict[str, OpenEntry]:
    """Those of the entries that are open, by id."""
    rows = await find_entries_by_id(session, [one for one in entry_ids if "\0" not in one])
    offered = {key: row for key, row in rows.items() if row.status == _ACTIVE}
    listings = await _find_listings(session, offered.values())
    said = await find_capacities(session, offered)
    opened = (_open(row, listings, said.get(key)) for key, row in offered.items())
    return {one.row.id: one for one in opened if one}


async def find_discreet(session: AsyncSession, organization_ids: Collection[str]) -> frozenset[str]:
    """Those of the organizations that also run a confidential place, offered now or not."""
    theirs = EntryRow.organization_id.in_(organization_ids)
    found = select(EntryRow.organization_id).distinct().where(theirs, literal_column(IS_MARKED))
    return frozenset(await session.scalars(found))


def is_open(need: str | None = None) -> Any:
    """Asked of an entry that is offered: whether anybody may be told of it, for this need."""
    return _clause(
        f"EXISTS (SELECT FROM service WHERE service.id = ANY ({_LISTINGS}) AND {_told(need)})", need
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [*find_conditions(wanted.words, status=_ACTIVE)]
    if wanted.organization_id is not None:
        storable = "\0" not in wanted.organization_id
        is_theirs = EntryRow.organization_id == wanted.organization_id
        conditions.append(is_theirs if storable else false())
    if wanted.after is not None:
        conditions.append(EntryRow.changed_at >= wanted.after)
    return conditions


def _pairs(wanted: Wanted) -> Any:
    """Entries with their open places; those without a place are none."""
    place = _unnest_places()
    return (
        select(EntryRow.id, place.c.id.label("place_id"))
        .join(place, text("true"))
        .where(*_conditions(wanted), _is_told(wanted.need))
    )


async def _count(session: AsyncSession, column: InstrumentedAttribute[str], wanted: Wanted) -> int:
    """How many different ones there are. To join all is sooner done than to look up each."""
    found = (
        select(func.count(column.distinct()))
        .select_from(EntryRow)
        .outerjoin(_unnest_places(), text("true"))
        .where(*_conditions(wanted), _is_told(wanted.need))
    )
    return await session.scalar(found) or 0


def _unnest_places() -> Any:
    return func.unnest(EntryRow.location_ids).table_valued("id").render_derived(name="place")


def _is_told(need: str | None) -> Any:
    """Whether the entry is open at ``place``, or without one."""
    listing = "entry.id || coalesce('@' || place.id, '')"
    return _clause(
        f"EXISTS (SELECT FROM service WHERE service.id = {listing} AND {_told(need)})", need
    )


def _told(need: str | None) -> str:
    helps = " AND :need = ANY (service.needs)" if need else ""
    return f"NOT service.confidential{helps}"


def _clause(sql: str, need: str | None) -> Any:
    clause = text(sql)
    return clause.bindparams(need=need) if need else clause


async def _find_listings(
    session: AsyncSession, rows: Collection[EntryRow]
) -> dict[str, tuple[str, ...]]:
    """The needs of each listing that anybody may know, by its id."""
    ids = [f"{row.id}@{place}" for row in rows for place in row.location_ids]
    ids += [row.id for row in rows if not row.location_ids]
    found = select(ServiceRow.id, ServiceRow.needs).where(
        ServiceRow.id.in_(ids), ServiceRow.confidential.is_(False)
    )
    return {row.id: tuple(row.needs) for row in await session.execute(found)}


def _open(
    row: EntryRow, listings: dict[str, tuple[str, ...]], capacity: CapacityRow | None
) -> OpenEntry | None:
    places = frozenset(one for one in row.location_ids if f"{row.id}@{one}" in listings)
    keys = [f"{row.id}@{one}" for one in places] if row.location_ids else [row.id]
    needs = next((listings[key] for key in keys if key in listings), None)
    return None if needs is None else OpenEntry(row, places, needs, capacity)
