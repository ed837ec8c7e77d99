"""Searching services: what is needed, near a place, best first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.expression import ColumnElement, cast
from sqlalchemy.types import Text

from bot.directory.places import Place
from bot.directory.schedule import Hours, next_hours, open_opening
from bot.directory.squares import ANYWHERE, NATIONWIDE, distance_miles, key, keys_around
from bot.store.tables import ServiceRow

#: A service that nobody has checked for so long sinks below those that somebody has.
STALE_AFTER = timedelta(days=180)
#: Services looked at for one answer; the nearest square of a city holds fewer for one need.
MOST_CANDIDATES = 400
#: How many squares around a place are searched: its own surroundings, then far away.
REACHES = (1, 4)

# How many miles farther each of these makes a service count.
_CLOSED, _OTHER_LANGUAGE, _STALE, _SOMEWHERE, _NATIONAL = 10.0, 15.0, 60.0, 25.0, 500.0


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


async def search(session: AsyncSession, query: Query, now: datetime) -> list[Match]:
    """The best matches for ``query`` at ``now``, which carries the site's time zone."""
    wanted = query.offset + query.limit
    matches: list[Match] = []
    for reach in REACHES:
        rows = _narrow((await session.scalars(_candidates(query, reach))).all(), query)
        matches = _rank(rows, query, now)
        if query.place is None or sum(not match.nationwide for match in matches) >= wanted:
            break
    return matches[query.offset : wanted]


async def find_service(session: AsyncSession, service_id: str, now: datetime) -> Match | None:
    """One service by its id."""
    row = await session.get(ServiceRow, service_id)
    return _match(row, None, now) if row else None


def _candidates(query: Query, reach: int) -> Select[ServiceRow]:
    """The nearest services for the need, and those that answer everywhere."""
    keys = [key(query.need, ANYWHERE)]
    order: ColumnElement[Any] = ServiceRow.nationwide.desc()
    if query.place:
        latitude, longitude = query.place.latitude, query.place.longitude
        keys = [key(query.need, NATIONWIDE), *keys_around(query.need, latitude, longitude, reach)]
        north = ServiceRow.latitude - latitude
        east = (ServiceRow.longitude - longitude) * math.cos(math.radians(latitude))
        order = (north * north + east * east).asc().nulls_first()
    found = select(ServiceRow).where(ServiceRow.keys.overlap(cast(keys, ARRAY(Text))))
    if query.free_only:
        found = found.where(ServiceRow.free)
    return found.order_by(order).limit(MOST_CANDIDATES)


def _narrow(rows: Sequence[ServiceRow], query: Query) -> Sequence[ServiceRow]:
    """A directory of many towns helps nobody who named none, but for what answers everywhere."""
    if query.place or len(rows) < MOST_CANDIDATES:
        return rows
    return [row for row in rows if row.nationwide] or rows


def _rank(rows: Sequence[ServiceRow], query: Query, now: datetime) -> list[Match]:
    """What fits, best first; equal ones in an order that stays, so that MORE goes on."""
    scored = []
    for row in rows:
        match = _match(row, query.place, now)
        if _fits(match, query):
            scored.append((_score(row, match, query), row.id, match))
    return [match for _, _, match in sorted(scored, key=lambda item: item[:2])]


def _score(row: ServiceRow, match: Match, query: Query) -> float:
    """Distance in miles, with every shortcoming counted as so many miles more."""
    near = _miles(row, query.place)
    score = _SOMEWHERE if near is None else near
    score += _CLOSED * (match.hours is not None and not match.hours.open_now)
    score += _OTHER_LANGUAGE * (query.language is not None and query.language not in row.languages)
    score += _STALE * match.stale
    score += _NATIONAL * (row.nationwide and query.need != "talk")
    return score


def _fits(match: Match, query: Query) -> bool:
    """The strict filters that the database cannot decide."""
    if query.open_now and not (match.hours and match.hours.open_now):
        return False
    return query.whom is None or query.whom.casefold() in (match.eligibility or "").casefold()


def _miles(row: ServiceRow, place: Place | None) -> float | None:
    if place is None or row.latitude is None or row.longitude is None:
        return None
    return distance_miles((place.latitude, place.longitude), (row.latitude, row.longitude))


def _match(row: ServiceRow, place: Place | None, now: datetime) -> Match:
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
        stale=row.verified is None or row.verified < now.date() - STALE_AFTER,
    )
