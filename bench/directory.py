"""Searches among 100,000 made-up services in a database of its own, kind by kind.

The services lie where the towns of the United States lie, more of them where a town
has more ZIP codes. The same seed makes the same services and the same questions.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any
from zoneinfo import ZoneInfo

import zipcodes

from bot.directory.importing import replace_listings
from bot.directory.listing import Listing, find_keys
from bot.directory.needs import NEEDS
from bot.directory.places import Place
from bot.directory.search import Query, search
from bot.store import embedded
from bot.store.database import Sessions, connect, sessions
from bot.store.migrate import migrate

SEED = 20_260_315
SERVICES = 100_000
#: Searches of each kind that are timed, after as many as warm up.
ROUNDS, WARM_UP = 100, 20
BUDGET_MS = 30.0
#: A weekday afternoon, so that offices are open and groups are not.
NOW = datetime(2026, 3, 12, 14, 30, tzinfo=ZoneInfo("America/New_York"))

_LANGUAGES = ("es", "vi", "zh", "ar", "fr", "ru", "ko", "ht")
_HOURS = (
    ("00:00", "23:59", range(7), 15),
    ("09:00", "17:00", range(5), 50),
    ("18:00", "08:00", range(7), 10),
    ("10:00", "14:00", (1, 3, 5), 25),
)


def run(_: Path | None = None) -> dict[str, Any]:
    """Fill a directory, search it, and report milliseconds; everything is removed at the end."""
    with own_database() as url:
        migrate(url)
        return asyncio.run(_measure(url))


@contextmanager
def own_database() -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="waymark-bench-")).resolve()
    cluster = embedded.find_cluster(home)
    try:
        embedded.start(cluster)
        yield cluster.url
    finally:
        embedded.stop(cluster)
        for folder in (cluster.data.parent, cluster.socket, home):
            shutil.rmtree(folder, ignore_errors=True)


async def _measure(url: str) -> dict[str, Any]:
    engine = connect(url, pool_size=1)
    open_session = sessions(engine)
    try:
        towns = find_towns()
        rate = await _fill(open_session, make_listings(towns))
        times = await _time_searches(open_session, list(make_queries(towns)))
    finally:
        await engine.dispose()
    everything = [ms for kind in times.values() for ms in kind]
    rows = [_row(kind, found) for kind, found in [*times.items(), ("all", everything)]]
    return {
        "title": f"Search among {SERVICES:,} services",
        "rows": rows,
        "notes": [
            f"Import: {rate:,.0f} services a second.",
            f"Budget: p95 of all below {BUDGET_MS:g} ms; {_verdict(rows[-1])}.",
        ],
        "services": SERVICES,
        "import_per_second": round(rate),
        "budget_p95_ms": BUDGET_MS,
    }


async def _fill(open_session: Sessions, listings: list[Listing]) -> float:
    """Services a second, from the first row to the commit."""
    began = time.perf_counter()
    async with open_session.begin() as session:
        await replace_listings(session, listings)
    return len(listings) / (time.perf_counter() - began)


async def _time_searches(
    open_session: Sessions, queries: Sequence[tuple[str, Query]]
) -> dict[str, list[float]]:
    """Milliseconds of each search, from taking a connection to the answer."""
    times: dict[str, list[float]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for kind, query in queries:
        began = time.perf_counter()
        async with open_session() as session:
            await search(session, query, NOW)
        took = (time.perf_counter() - began) * 1000
        seen[kind] += 1
        if seen[kind] > WARM_UP:
            times[kind].append(took)
    return times


def make_queries(towns: Sequence[Sequence[Place]]) -> Iterator[tuple[str, Query]]:
    """Every kind in turn, so that none has the cache to itself."""
    random = Random(SEED + 1)
    cities = sorted(towns, key=len)[-20:]
    rural = [town for town in towns if len(town) == 1]
    for _ in range(WARM_UP + ROUNDS):
        need, city = random.choice(NEEDS), random.choice(random.choice(cities))
        village, anywhere = random.choice(rural)[0], random.choice(random.choice(towns))
        yield "dense city", Query(need, city)
        yield "rural", Query(need, village)
        yield "no place", Query(need)
        yield "in Spanish", Query(need, city, language="es")
        yield "open now", Query(need, anywhere, open_now=True)
        yield "free", Query(need, anywhere, free_only=True)


def make_listings(towns: Sequence[Sequence[Place]]) -> list[Listing]:
    """Services at random, the same ones each time."""
    random = Random(SEED)
    zips = [(place, len(town) ** 0.5) for town in towns for place in town]
    places, weights = zip(*zips, strict=True)
    chosen = random.choices(places, weights, k=SERVICES)
    return [_listing(number, place, random) for number, place in enumerate(chosen)]


def _listing(number: int, place: Place, random: Random) -> Listing:
    confidential = random.random() < 0.05
    nationwide = number % 2000 == 0
    listing: Listing = {
        "id": f"svc-{number}@loc-{number}",
        "name": f"{place.name} service {number}",
        "organization": f"Organization {number // 3}",
        "description": "A made-up service that helps people who leave violence. " * 3,
        "needs": random.sample(NEEDS, random.choice((1, 1, 1, 2, 3))),
        "phone": f"503-555-01{number % 100:02}",
        "extension": None,
        "text_line": None,
        "url": f"https://service-{number}.example",
        "address": None if confidential else f"{number % 900 + 1} Sample Street, {place.title}",
        "latitude": None if nationwide else place.latitude + random.gauss(0, 0.01),
        "longitude": None if nationwide else place.longitude + random.gauss(0, 0.01),
        "confidential": confidential,
        "nationwide": nationwide,
        "languages": ["en", *random.sample(_LANGUAGES, random.choice((0, 0, 1, 2)))],
        "cost": None,
        "free": random.random() < 0.6,
        "eligibility": random.choice((None, "Women and children", "Any adult", "Men")),
        "bring": None,
        "schedules": _schedules(random),
        "verified": date(2026, 3, 1) - timedelta(days=random.randrange(400)),
    }
    return {**listing, "keys": find_keys(listing)}


def _schedules(random: Random) -> list[dict[str, Any]]:
    """One row of hours mostly, sometimes two, sometimes none known."""
    shares = [share for *_, share in _HOURS]
    drawn = random.choices(_HOURS, shares, k=random.choice((0, 1, 1, 1, 2)))
    return [
        {
            "days": list(days),
            "opens": opens,
            "closes": closes,
            "valid_from": None,
            "valid_to": None,
        }
        for opens, closes, days, _ in drawn
    ]


def find_towns() -> list[list[Place]]:
    """The ZIP codes of every town where people live, in an order that stays."""
    towns: dict[str, list[Place]] = defaultdict(list)
    for row in zipcodes.list_all():
        if row["zip_code_type"] == "STANDARD" and row["lat"] and row["long"]:
            place = Place(row["city"], row["state"], float(row["lat"]), float(row["long"]))
            towns[place.title].append(place)
    return [towns[name] for name in sorted(towns)]


def _row(kind: str, times: list[float]) -> dict[str, Any]:
    cuts = quantiles(times, n=100, method="inclusive")
    return {
        "kind": kind,
        "searches": len(times),
        **{f"p{n} ms": round(cuts[n - 1], 1) for n in (50, 95, 99)},
    }


def _verdict(row: dict[str, Any]) -> str:
    return "kept" if row["p95 ms"] < BUDGET_MS else "missed"
