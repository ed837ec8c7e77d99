"""Entries that may be the same service twice, for people to look at.

Every entry is compared with a few others only: those with its phone, those with its website, and
those that stand beside it when the names of one town are sorted.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from urllib.parse import urlsplit

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.document import find_locations
from bot.directory.nesting import Document
from bot.store.entries import NOT_OFFERED
from bot.store.tables import ApartRow, EntryRow

#: From this likeness of two names (of 100) they may be one; services of one organization in one
#: town are often called much alike, and often share a phone and a page.
ALIKE, ALIKE_IN_ONE_ORGANIZATION = 90, 95
#: More entries than this with one phone or page share a switchboard, not a service.
SWITCHBOARD = 30
#: How many neighbours a name is compared with.
BESIDE = 10
#: Digits of a number that tell it from others, without the country's.
DIGITS = 10


@dataclass(frozen=True)
class Double:
    """Two entries that may be one. ``why`` is ``phone``, ``website`` or ``name``."""

    first_id: str
    second_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Traits:
    """By what an entry is known again."""

    entry_id: str
    name: str
    organization_id: str
    phones: frozenset[str]
    page: str
    towns: frozenset[str]


async def find_doubles(session: AsyncSession) -> list[Double]:
    """Pairs of services that people are told of, but for those that somebody said are apart."""
    rows = select(EntryRow.document, EntryRow.organization_id)
    rows = rows.where(EntryRow.status.not_in(NOT_OFFERED)).order_by(EntryRow.id)
    found = await session.stream(rows.execution_options(yield_per=500))
    traits = [find_traits(row.document, row.organization_id) async for row in found]
    apart = {
        tuple(one) for one in await session.execute(select(ApartRow.first_id, ApartRow.second_id))
    }
    return [one for one in compare(traits) if (one.first_id, one.second_id) not in apart]


async def save_apart(
    session: AsyncSession, one_id: str, other_id: str, staff_id: uuid.UUID | None, now: datetime
) -> None:
    """Note that two entries are not the same; they are not shown as doubles again."""
    first_id, second_id = sorted((one_id, other_id))
    values = {
        "first_id": first_id, "second_id": second_id, "decided_by": staff_id, "decided_at": now,
    }  # fmt: skip
    await session.execute(insert(ApartRow).values(values).on_conflict_do_nothing())


def find_traits(document: Document, organization_id: str) -> Traits:
    """What is compared of a document."""
    phones = (_digits(one.get("number")) for one in _objects(document, "phones"))
    return Traits(
        entry_id=document["id"],
        name=default_process(str(document.get("name", ""))),
        organization_id=organization_id,
        phones=frozenset(filter(None, phones)),
        page=_page(str(document.get("url", ""))),
        towns=frozenset(_find_towns(document)),
    )


def compare(traits: Iterable[Traits]) -> list[Double]:
    """Every pair once, with the first reason that speaks for it; in the order of ids."""
    known = list(traits)
    found: dict[tuple[str, str], str] = {}
    for why, pairs in (
        ("phone", _find_sharing({one: one.phones for one in known})),
        ("website", _find_sharing({one: {one.page} - {""} for one in known})),
        ("name", _find_neighbours(known)),
    ):
        for one, other in pairs:
            if _may_be_one(one, other, why):
                first, second = sorted((one.entry_id, other.entry_id))
                found.setdefault((first, second), why)
    return [Double(*pair, why) for pair, why in sorted(found.items())]


def _may_be_one(one: Traits, other: Traits, why: str) -> bool:
    if one.organization_id == other.organization_id:
        least = ALIKE_IN_ONE_ORGANIZATION
    elif why == "name":
        least = ALIKE
    else:
        return True
    return fuzz.token_sort_ratio(one.name, other.name, score_cutoff=least) >= least


def _find_sharing(known: dict[Traits, Iterable[str]]) -> Iterator[tuple[Traits, Traits]]:
    sharing: dict[str, list[Traits]] = defaultdict(list)
    for one, values in known.items():
        for value in values:
            sharing[value].append(one)
    for block in sharing.values():
        if len(block) <= SWITCHBOARD:
            yield from combinations(block, 2)


def _find_neighbours(known: list[Traits]) -> Iterator[tuple[Traits, Traits]]:
    """Names that begin alike, or end alike, whatever the order of their words."""
    towns: dict[str, list[Traits]] = defaultdict(list)
    for one in known:
        for town in one.towns:
            towns[town].append(one)
    for block in towns.values():
        words = {one: " ".join(sorted(one.name.split())) for one in block}
        yield from _find_beside(sorted(block, key=lambda one: words[one]))
        yield from _find_beside(sorted(block, key=lambda one: words[one][::-1]))


def _find_beside(ordered: list[Traits]) -> Iterator[tuple[Traits, Traits]]:
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + BESIDE]:
            yield one, other


def _find_towns(document: Document) -> Iterator[str]:
    """Where the service is, or else which areas it serves."""
    places = [
        f"{address.get('city', '')}, {address.get('state_province', '')}"
        for location in find_locations(document).values()
        for address in _objects(location, "addresses")
        if address.get("city")
    ]
    areas = [str(area.get("name", "")) for area in _objects(document, "service_areas")]
    yield from (place.casefold().strip(" ,") for place in places or areas)


def _objects(held: Document, name: str) -> list[Document]:
    listed = held.get(name)
    return listed if isinstance(listed, list) else []


def _digits(number: object) -> str:
    return re.sub(r"\D", "", str(number or ""))[-DIGITS:]


def _page(url: str) -> str:
    """Host and path; a host alone says only whose page it is, and still is one."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return ""
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host else ""
