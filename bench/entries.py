"""The directory as it is edited, with 100,000 made-up services: imported, listed, saved, exported.

The services are those of the benchmark ``directory``, written as a package of HSDS 3 tables.
"""

from __future__ import annotations

import asyncio
import csv
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bench.directory import NOW, SERVICES, find_towns, make_listings, own_database
from bench.turns.figures import percentile
from bot.directory.areas import Areas
from bot.directory.due import due_before
from bot.directory.duplicates import find_doubles
from bot.directory.entries import Author, save_entry
from bot.directory.exporting import export_csv, export_json
from bot.directory.importing import open_package, save_package
from bot.directory.listing import Listing
from bot.directory.places import Places, load_places
from bot.directory.undoing import undo_import
from bot.settings import ROOT
from bot.store.database import Sessions, connect, sessions
from bot.store.entries import find_entry
from bot.store.entry_pages import PAGE, Sieve, find_page
from bot.store.migrate import migrate

TIMES = 30
#: Budgets: an import in seconds, a list in milliseconds.
IMPORT_S, LIST_MS = 180, 100
#: Lists that people ask for: rare and common words, several, none, and what is due.
LISTS: Mapping[str, Sieve] = {
    "everything": Sieve(),
    "the last page": Sieve(page=SERVICES // PAGE),
    "a rare word": Sieve("Monowi"),
    "a common word": Sieve("service"),
    "one letter": Sieve("s"),
    "two words": Sieve("houston serv"),
    "what is due": Sieve(part="due"),
}

Told = TypeVar("Told")


def run(_: Path | None = None) -> dict[str, Any]:
    """Fill a directory and work with it; everything is removed at the end."""
    with own_database() as url, tempfile.TemporaryDirectory() as folder:
        migrate(url)
        _write(make_listings(find_towns()), Path(folder) / "in")
        return asyncio.run(_measure(url, Path(folder)))


async def fill(url: str, folder: Path) -> None:
    """The same entries for another benchmark; ``folder`` is written to."""
    _write(make_listings(find_towns()), folder)
    engine = connect(url, pool_size=1)
    try:
        await _Desk(sessions(engine), load_places(ROOT / "sites" / "demo")).take("", folder)
    finally:
        await engine.dispose()


async def _measure(url: str, folder: Path) -> dict[str, Any]:
    engine = connect(url, pool_size=1)
    try:
        desk = _Desk(sessions(engine), load_places(ROOT / "sites" / "demo"))
        await desk.take("Import into an empty directory", folder / "in")
        for name, sieve in LISTS.items():
            await desk.list(name, sieve)
        await desk.save()
        await desk.work("Find doubles", find_doubles)
        await desk.work("Export JSON", lambda one: export_json(one, folder / "out.json"))
        await desk.work("Export CSV", lambda one: export_csv(one, folder / "out"))
        again = await desk.take("Import what was exported", folder / "out.json")
        areas, author = desk.areas, desk.author()
        await desk.work("Undo that", lambda one: undo_import(one, again, areas, author))
    finally:
        await engine.dispose()
    notes = [
        f"Budgets: an import below {IMPORT_S} s; a list below {LIST_MS} ms, count included.",
        "Memory is the most that the process ever held, this far.",
    ]
    return {"title": f"{SERVICES:,} entries of the directory", "rows": desk.rows, "notes": notes}


class _Desk:
    """Whoever works with the directory, and how long it took."""

    def __init__(self, open_session: Sessions, places: Places) -> None:
        self._open, self._places, self._hour = open_session, places, 0
        self.areas = Areas(places, None)
        self.rows: list[dict[str, Any]] = []

    def author(self) -> Author:
        """An hour later each time."""
        self._hour += 1
        return Author(None, datetime(2026, 3, 12, tzinfo=UTC) + timedelta(hours=self._hour))

    async def take(self, name: str, path: Path) -> Any:
        """Read and import a package."""
        began = time.perf_counter()
        package = open_package(path, self._places)
        assert package.report.ok, package.report.leaks[:3]
        read = time.perf_counter() - began
        author = self.author()
        made = await self.work(
            name, lambda one: save_package(one, package, author, file_name=path.name), read
        )
        self.rows[-1]["which"] = f"{read:.1f} s of it reading"
        return made

    async def work(
        self, name: str, effect: Callable[[AsyncSession], Awaitable[Told]], before: float = 0
    ) -> Told:
        """One long work, in seconds."""
        began = time.perf_counter()
        async with self._open.begin() as session:
            told = await effect(session)
        took = time.perf_counter() - began + before
        self.rows.append({"what": name, "took": f"{took:.1f} s", "memory": _memory(), "which": ""})
        return told

    async def list(self, name: str, sieve: Sieve) -> None:
        """A page of a list with its count, many times."""
        times, count = [], 0
        for _ in range(TIMES):
            began = time.perf_counter()
            async with self._open() as session:
                _, count = await find_page(session, sieve, due_before(NOW.date()), NOW)
            times.append(1000 * (time.perf_counter() - began))
        self._tell(f"List: {name}", times, f"{count:,} found")

    async def save(self) -> None:
        """Entries of organizations that have three, each at a place of its own."""
        times = []
        for number in range(TIMES):
            author = self.author()
            async with self._open.begin() as session:
                row = await find_entry(session, f"svc-{number * 3001}")
                assert row is not None
                document = {**row.document, "assured_date": "2026-03-12"}
                document["organization"] = {**document["organization"], "email": "a@b.example"}
                began = time.perf_counter()
                await save_entry(session, document, self.areas, author, seen=row.changed_at)
            times.append(1000 * (time.perf_counter() - began))
        self._tell("Save one, and what it shares", times, "")

    def _tell(self, name: str, times: list[float], which: str) -> None:
        took = " / ".join(f"{percentile(times, one):.0f}" for one in (50, 95))
        self.rows.append(
            {"what": name, "took": f"{took} ms (p50 / p95)", "memory": "", "which": which}
        )


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.1f} GB"


def _write(listings: list[Listing], folder: Path) -> None:
    """A package of tables; some three rows of other tables for each service."""
    folder.mkdir()
    tables: Mapping[str, Callable[[int, Listing], Iterator[dict[str, Any]]]] = {
        "organizations": _organizations,
        "services": _services,
        "locations": _locations,
        "service_at_location": _links,
        "addresses": _addresses,
        "phones": _phones,
        "attributes": _attributes,
        "schedules": _schedules,
        "languages": _languages,
        "service_areas": _areas,
    }
    for table, find_rows in tables.items():
        rows = [row for number, one in enumerate(listings) for row in find_rows(number, one)]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def _organizations(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    if number % 3 == 0:
        yield {"id": f"org-{number // 3}", "name": one["organization"], "description": "Made up."}


def _services(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    yield {
        "id": f"svc-{number}",
        "organization_id": f"org-{number // 3}",
        "name": one["name"],
        "description": one["description"],
        "url": one["url"],
        "status": "active",
        "fees_description": "Free" if one["free"] else "$10",
        "eligibility_description": one["eligibility"] or "",
        "assured_date": one["verified"].isoformat(),
    }


def _locations(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    is_open = not one["confidential"]
    yield {
        "id": f"loc-{number}",
        "latitude": (one["latitude"] or "") if is_open else "",
        "longitude": (one["longitude"] or "") if is_open else "",
    }


def _links(number: int, _: Listing) -> Iterator[dict[str, Any]]:
    yield {"id": f"at-{number}", "service_id": f"svc-{number}", "location_id": f"loc-{number}"}


def _addresses(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    if one["address"]:
        street, city, state = one["address"].rsplit(", ", 2)
        yield {
            "id": f"adr-{number}",
            "location_id": f"loc-{number}",
            "address_1": street,
            "city": city,
            "state_province": state,
        }


def _phones(number: int, _: Listing) -> Iterator[dict[str, Any]]:
    phone = f"{210 + number // 10_000}-555-{number % 10_000:04}"
    yield {"id": f"ph-{number}", "service_id": f"svc-{number}", "number": phone, "type": "voice"}


def _attributes(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    terms = [(f"svc-{number}", "service", f"need-{need}") for need in one["needs"]]
    if one["confidential"]:
        terms.append((f"loc-{number}", "location", "confidential"))
    for place, (link_id, entity, term) in enumerate(terms):
        yield {
            "id": f"att-{number}-{place}",
            "link_id": link_id,
            "link_entity": entity,
            "taxonomy_term_id": term,
        }


def _schedules(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    for place, hours in enumerate(one["schedules"]):
        yield {
            "id": f"sch-{number}-{place}",
            "service_id": f"svc-{number}",
            "freq": "WEEKLY",
            "byday": ",".join(names[day] for day in hours["days"]),
            "opens_at": hours["opens"],
            "closes_at": hours["closes"],
        }


def _languages(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    for code in one["languages"]:
        yield {"id": f"lng-{number}-{code}", "service_id": f"svc-{number}", "code": code}


def _areas(number: int, one: Listing) -> Iterator[dict[str, Any]]:
    name = "United States" if one["nationwide"] else one["name"].rsplit(" service ", 1)[0]
    yield {"id": f"area-{number}", "service_id": f"svc-{number}", "name": name}
