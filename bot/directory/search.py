"""Searching services: what is needed, near a place, best first."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.expression import ColumnElement, cast
from sqlalchemy.types import Text

from bot.directory.places import Place
from bot.directory.room import Room, find_room
from bot.directory.schedule import Hours, is_open, next_hours, open_opening
from bot.directory.squares import ANYWHERE, NATIONWIDE, distance_miles, key, keys_around
from bot.store.outcomes import FEWEST_ANSWERS, Record, find_records
from bot.store.tables import ServiceRow

#: A service that nobody has checked for so long sinks below those that somebody has.
STALE_AFTER = timedelta(days=180)
#: Services looked at for one answer; the nearest square of a city holds fewer for one need.
MOST_CANDIDATES = 400
#: How many squares around a place are searched: its own surroundings, then far away.
REACHES = (1, 4)

#: The one need that a line for the whole nation answers as well as a place nearby.
TALK = "talk"
#: The need for which it counts that a place is full.
HOUSING = "housing"

# How many miles farther each of these makes a service count.
_CLOSED, _OTHER_LANGUAGE, _STALE, _SOMEWHERE, _NATIONAL = 10.0, 15.0, 60.0, 25.0, 500.0
# How many miles nearer or farther people's answers make it, if all of them say the same.
_HELPED, _TURNED_AWAY = -5.0, 30.0
# How many miles farther a place counts that said lately that it is full. It is never hidden: a bed
# may be free again by the time of the call.
_FULL = 20.0


@dataclass(frozen=True)
class Query:
    """What is looked for. ``language`` is preferred, the other filters are strict.

    ``whom`` is a word that the eligibility text must hold, such as ``men``.
    """

    need: str
    place: Place | None = None
    language: str | None = None
    open_now: bool = False
    free_only: bool = False
    whom: str | None = None
    limit: int = 3
    offset: int = 0


@dataclass(frozen=True)
class Match:
    """A service found. ``miles`` and ``address`` are never there for a confidential place."""

    service_id: str
    name: str
    organization: str
    description: str
    phone: str | None
    extension: str | None
    text_line: str | None
    url: str | None
    address: str | None
    confidential: bool
    nationwide: bool
    miles: float | None
    hours: Hours | None
    languages: tuple[str, ...]
    cost: str | None
    free: bool
    eligibility: str | None
    bring: str | None
    verified: date | None
    stale: bool
    capacity: Room | None = None


async def search(session: AsyncSession, query: Query, now: datetime) -> list[Match]:
    """The best matches for ``query`` at ``now``, which carries the site's time zone."""
    wanted = query.offset + query.limit
    if query.place is None:
        ranked = await _rank(session, await _load_anywhere(session, query), query, now)
    else:
        near, far = _keys_around(query.need, query.place)
        ranked = await _rank(session, await _load(session, query, near), query, now)
        if sum(not row.nationwide for row in ranked) < wanted:
            farther = await _rank(session, await _load(session, query, far), query, now)
            ranked = _join(ranked, farther, query)
    shown = ranked[query.offset : wanted]
    room = await find_room(session, [row.id for row in shown], now)
    return [_match(row, query.place, now, room.get(row.id)) for row in shown]


async def find_service(session: AsyncSession, service_id: str, now: datetime) -> Match | None:
    """One service by its id."""
    row = await session.get(ServiceRow, service_id)
    if row is None:
        return None
    room = await find_room(session, [row.id], now)
    return _match(row, None, now, room.get(row.id))


def _keys_around(need: str, place: Place) -> tuple[list[str], list[str]]:
    """The keys of what is near or answers everywhere, and of what is farther away."""
    near, wide = (
        list(keys_around(need, place.latitude, place.longitude, reach)) for reach in REACHES
    )
    return [key(need, NATIONWIDE), *near], [one for one in wide if one not in near]


async def _load_anywhere(session: AsyncSession, query: Query) -> Sequence[ServiceRow]:
    """A directory of many towns helps nobody who named none, but for what answers everywhere."""
    everything = [key(query.need, ANYWHERE)]
    if await _is_large(session, query, everything):
        rows = await _load(session, query, [key(query.need, NATIONWIDE)])
        return rows or await _load(session, query, everything)
    return await _load(session, query, everything)


async def _is_large(session: AsyncSession, query: Query, keys: list[str]) -> bool:
    some = select(ServiceRow.nationwide).where(_has(keys, query)).limit(MOST_CANDIDATES)
    return len((await session.scalars(some)).all()) == MOST_CANDIDATES


async def _load(session: AsyncSession, query: Query, keys: list[str]) -> Sequence[ServiceRow]:
    """The nearest services with one of ``keys``, those that answer everywhere before them."""
    found = select(ServiceRow).where(_has(keys, query)).limit(MOST_CANDIDATES)
    if query.place:
        north = ServiceRow.latitude - query.place.latitude
        width = math.cos(math.radians(query.place.latitude))
        east = (ServiceRow.longitude - query.place.longitude) * width
        found = found.order_by((north * north + east * east).asc().nulls_first())
    return (await session.scalars(found.order_by(ServiceRow.id))).all()


def _has(keys: list[str], query: Query) -> ColumnElement[bool]:
    found = ServiceRow.keys.overlap(cast(keys, ARRAY(Text)))
    return and_(found, ServiceRow.free) if query.free_only else found


def _join(near: list[ServiceRow], far: list[ServiceRow], query: Query) -> list[ServiceRow]:
    """What is near keeps its place, so that MORE goes on behind what was shown before."""
    waits = [row.nationwide and query.need != TALK for row in near]
    first = [row for row, late in zip(near, waits, strict=True) if not late]
    last = [row for row, late in zip(near, waits, strict=True) if late]
    return [*first, *far, *last]


async def _rank(
    session: AsyncSession, rows: Sequence[ServiceRow], query: Query, now: datetime
) -> list[ServiceRow]:
    """What fits, best first; equal ones in an order that stays, so that MORE goes on."""
    ids = [row.id for row in rows]
    records = await find_records(session, ids, now)
    room = await find_room(session, ids, now) if query.need == HOUSING else {}
    scored = []
    for row in rows:
        open_now = is_open(map(open_opening, row.schedules), now)
        if _fits(row, open_now, query):
            told = _score_record(records.get(row.id)) + _score_room(row.id, room)
            scored.append((_score(row, open_now, query, now) + told, row.id, row))
    return [row for _, _, row in sorted(scored, key=lambda item: item[:2])]


def _score(row: ServiceRow, open_now: bool | None, query: Query, now: datetime) -> float:
    """Distance in miles, with every shortcoming counted as so many miles more."""
    near = _miles(row, query.place)
    score = _SOMEWHERE if near is None else near
    score += _CLOSED * (open_now is False)
    score += _OTHER_LANGUAGE * (query.language is not None and query.language not in row.languages)
    score += _STALE * _is_stale(row, now)
    score += _NATIONAL * (row.nationwide and query.need != TALK)
    return score


def _score_record(record: Record | None) -> float:
    """What people said who went there; few answers are nobody's record."""
    if record is None or record.answers < FEWEST_ANSWERS:
        return 0.0
    told = _HELPED * record.helped + _TURNED_AWAY * record.turned_away
    return told / record.answers


def _score_room(listing_id: str, room: Mapping[str, Room]) -> float:
    said = room.get(listing_id)
    return _FULL if said is not None and said.available == 0 else 0.0


def _fits(row: ServiceRow, open_now: bool | None, query: Query) -> bool:
    """The strict filters that the database cannot decide."""
    if query.open_now and not open_now:
        return False
    return query.whom is None or _holds(query.whom, row.eligibility or "")


def _holds(word: str, text: str) -> bool:
    """Whether a text holds a word, and not only as a part of another, as men in women."""
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


def _miles(row: ServiceRow, place: Place | None) -> float | None:
    if place is None or row.latitude is None or row.longitude is None:
        return None
    return distance_miles((place.latitude, place.longitude), (row.latitude, row.longitude))


def _match(row: ServiceRow, place: Place | None, now: datetime, capacity: Room | None) -> Match:
    return Match(
        service_id=row.id,
        name=row.name,
        organization=row.organization,
        description=row.description,
        phone=row.phone,
        extension=row.extension,
        text_line=row.text_line,
        url=row.url,
        address=None if row.confidential else row.address,
        confidential=row.confidential,
        nationwide=row.nationwide,
        miles=None if row.confidential else _miles(row, place),
        hours=next_hours(map(open_opening, row.schedules), now),
        languages=tuple(row.languages),
        cost=row.cost,
        free=row.free,
        eligibility=row.eligibility,
        bring=row.bring,
        verified=row.verified,
        stale=_is_stale(row, now),
        capacity=capacity,
    )


def _is_stale(row: ServiceRow, now: datetime) -> bool:
    return row.verified is None or row.verified < now.date() - STALE_AFTER
