"""The directory as lists show it: a part of it, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.capacities import find_capacities
from bot.store.entries import BY_NAME, NOT_OFFERED, find_conditions
from bot.store.tables import CapacityRow, EntryChangeRow, EntryRow, ServiceRow

#: Entries on one page.
PAGE = 50
#: What somebody said of free beds longer ago says nothing of now.
CAPACITY_COUNTS_FOR = timedelta(hours=24)
#: As many as words find are put in order among themselves; more are found sooner in their order.
FEW = 5_000
#: Entries that may be the one that somebody is about to add.
MOST_ALIKE = 10
#: Digits of a number that tell it from others, without the country's.
DIGITS = 10
#: Names of organizations that a form suggests; a longer list helps nobody.
MOST_ORGANIZATIONS = 500


@dataclass(frozen=True)
class Sieve:
    """Which entries are looked for. ``part`` is one of :data:`PARTS`, or empty for all."""

    words: str = ""
    part: str = ""
    page: int = 1


#: Nobody made sure of it lately; free or no free beds were said today; nobody is told of it.
PARTS = ("due", "free", "full", "away")


@dataclass(frozen=True)
class Listed:
    """One entry of a list, with what was said of its beds."""

    entry: EntryRow
    capacity: CapacityRow | None


async def find_page(
    session: AsyncSession, sieve: Sieve, due_before: date, now: datetime
) -> tuple[list[Listed], int]:
    """One page of the entries in their order, and how many there are in all."""
    wanted = _conditions(sieve, due_before, now)
    counted = select(func.count()).select_from(EntryRow).where(*wanted)
    count = await session.scalar(counted) or 0
    # Ids alone are sorted: documents are large, and skipped pages would carry theirs along.
    ordered = select(EntryRow.id).where(*wanted).order_by(*BY_NAME)
    if sieve.words and count <= FEW:
        ordered = _order_among_themselves(wanted)
    ids = await session.scalars(ordered.limit(PAGE).offset((sieve.page - 1) * PAGE))
    return await _list(session, list(ids), now), count


def _order_among_themselves(wanted: Sequence[ColumnElement[bool]]) -> Select[str]:
    """Left to itself, the database goes through all entries by name until it has a page."""
    name = BY_NAME[0].label("by_name")
    found = select(EntryRow.id, name).where(*wanted).cte("found").prefix_with("MATERIALIZED")
    return select(found.c.id).order_by(found.c.by_name, found.c.id)


async def find_reporting(session: AsyncSession, page: int = 1) -> list[Listed]:
    """Entries of which somebody has ever said how much room they have; one page and one more."""
    rows = (
        select(EntryRow, CapacityRow)
        .join(CapacityRow, CapacityRow.entry_id == EntryRow.id)
        .where(EntryRow.status.not_in(NOT_OFFERED))
        .order_by(*BY_NAME)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [Listed(entry, capacity) for entry, capacity in await session.execute(rows)]


async def find_names(session: AsyncSession, entry_ids: Sequence[str]) -> dict[str, str]:
    """What entries are called, by id; those that are gone are missing."""
    found = select(EntryRow.id, EntryRow.name).where(EntryRow.id.in_(entry_ids))
    return {row.id: row.name for row in await session.execute(found)}


async def find_entries_by_id(
    session: AsyncSession, entry_ids: Collection[str]
) -> dict[str, EntryRow]:
    """Some entries, by their ids."""
    rows = await session.scalars(select(EntryRow).where(EntryRow.id.in_(entry_ids)))
    return {row.id: row for row in rows}


async def find_organizations(session: AsyncSession) -> Sequence[str]:
    """Their names, for a form that suggests them; none where there are too many to suggest."""
    names = select(EntryRow.organization).distinct().order_by(EntryRow.organization)
    found = (await session.scalars(names.limit(MOST_ORGANIZATIONS + 1))).all()
    return found if len(found) <= MOST_ORGANIZATIONS else ()


async def find_of_organization(session: AsyncSession, name: str) -> EntryRow | None:
    """Some entry of the organization of this name, however it is capitalized."""
    named = func.lower(EntryRow.organization) == name.lower()
    return await session.scalar(select(EntryRow).where(named).order_by(EntryRow.id).limit(1))


async def find_neighbours(
    session: AsyncSession, entry_id: str, location_ids: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """By location, ids and names of the other entries at it, some of them."""
    found = (
        select(EntryRow.id, EntryRow.name, EntryRow.location_ids)
        .where(EntryRow.location_ids.overlap(list(location_ids)), EntryRow.id != entry_id)
        .limit(PAGE)
    )
    # Sorted here: to sort there, all entries would be gone through in the order of ids.
    rows = sorted(await session.execute(found), key=lambda row: row.id)
    return {
        location: [(row.id, row.name) for row in rows if location in row.location_ids]
        for location in location_ids
    }


async def count_siblings(session: AsyncSession, entry_id: str, organization_id: str) -> int:
    """How many other entries have the same organization."""
    others = (EntryRow.organization_id == organization_id, EntryRow.id != entry_id)
    return await session.scalar(select(func.count()).select_from(EntryRow).where(*others)) or 0


async def find_alike(session: AsyncSession, name: str, numbers: Sequence[str]) -> dict[str, str]:
    """Names, by id, of entries that are called so, or that people reach by one of these numbers."""
    listings = await _find_listings(session, numbers)
    # A listing's id is its entry's, with that of a place behind it.
    ids = {one[:at] for one in listings for at in (*_find_ats(one), len(one))}
    alike = (func.lower(EntryRow.name) == name.lower()) | EntryRow.id.in_(ids)
    found = select(EntryRow.id, EntryRow.name).where(alike).order_by(EntryRow.id).limit(MOST_ALIKE)
    return {row.id: row.name for row in await session.execute(found)}


async def _find_listings(session: AsyncSession, numbers: Sequence[str]) -> Sequence[str]:
    digits = {re.sub(r"\D", "", one)[-DIGITS:] for one in numbers} - {""}
    lines = (
        func.right(func.regexp_replace(column, r"\D", "", "g"), DIGITS).in_(digits)
        for column in (ServiceRow.phone, ServiceRow.text_line)
    )
    found = select(ServiceRow.id).where(or_(*lines)).limit(MOST_ALIKE)
    return (await session.scalars(found)).all() if digits else ()


def _find_ats(listing_id: str) -> list[int]:
    return [at for at, letter in enumerate(listing_id) if letter == "@"]


async def find_document_at(
    session: AsyncSession, entry_id: str, seen: datetime
) -> dict[str, Any] | None:
    """An entry's document as it was then; ``None`` when that is not known any more."""
    later = (EntryChangeRow.entry_id == entry_id, EntryChangeRow.changed_at > seen)
    first = select(EntryChangeRow).where(*later).order_by(EntryChangeRow.changed_at).limit(1)
    row = await session.scalar(first)
    return row.before if row else None


async def _list(session: AsyncSession, ids: Sequence[str], now: datetime) -> list[Listed]:
    """Entries in this order, with what was said of their beds lately."""
    entries = await find_entries_by_id(session, ids)
    said = await find_capacities(session, ids)
    lately = {key: one for key, one in said.items() if _is_recent(one, now)}
    return [Listed(entries[one], lately.get(one)) for one in ids if one in entries]


def _is_recent(capacity: CapacityRow, now: datetime) -> bool:
    return capacity.reported_at > now - CAPACITY_COUNTS_FOR


def _conditions(sieve: Sieve, due_before: date, now: datetime) -> list[ColumnElement[bool]]:
    due = due_before if sieve.part == "due" else None
    return [*find_conditions(sieve.words, due_before=due), *_find_part(sieve.part, now)]


def _find_part(part: str, now: datetime) -> list[ColumnElement[bool]]:
    lately = CapacityRow.reported_at > now - CAPACITY_COUNTS_FOR
    reported = select(CapacityRow.entry_id).where(lately)
    offered = EntryRow.status.not_in(NOT_OFFERED)
    asked: dict[str, list[ColumnElement[bool]]] = {
        "free": [offered, EntryRow.id.in_(reported.where(CapacityRow.available > 0))],
        "full": [offered, EntryRow.id.in_(reported.where(CapacityRow.available == 0))],
        "away": [EntryRow.status.in_(NOT_OFFERED)],
    }
    return asked.get(part, [])
