"""``waymark directory import|check|told``: read a package of services, and load the site's own."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import literal, select

from bot.commands.database import open_transaction
from bot.commands.directory_entries import add_entries_to
from bot.commands.progress import telling
from bot.directory.entries import Author
from bot.directory.errors import OpensConfidential, PackageUnreadable
from bot.directory.importing import Package, open_package, save_package
from bot.directory.places import load_places
from bot.directory.report import Report, render_report
from bot.settings import Settings
from bot.site import Site, load_site
from bot.store.directory_imports import is_edited
from bot.store.entries import find_entries
from bot.store.outcomes import Record, find_worrying
from bot.store.tables import ServiceRow

#: Where a start notes which state of the site's own package it has loaded.
STAMP = "directory-loaded"
_REPLACE = "To put it in the place of everything: waymark directory import"
_ANEW = "Import their own package again, and they can be edited."


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser = commands.add_parser("directory", help="read, check and write packages of services")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, run, text in (
        ("import", run_import, "put a package in the place of the whole directory"),
        ("check", run_check, "read a package and report on it, changing nothing"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("path", type=Path, help="a folder of HSDS CSV files, or a JSON file")
        action.add_argument("--json", action="store_true", help="print for a program to read")
        action.set_defaults(run=run)
    told = actions.add_parser("told", help="list services that turn people away, as people say")
    told.add_argument("--json", action="store_true", help="print for a program to read")
    told.set_defaults(run=run_told)
    add_entries_to(actions)


def run_check(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the package can be used, 1 when it cannot."""
    read = _read(parsed, settings)
    if read is None:
        return 1
    _print(read.report, as_json=parsed.json)
    return 0 if read.report.ok else 1


def run_import(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the directory is now that of the package, 1 when nothing was changed."""
    read = _read(parsed, settings)
    if read is None:
        return 1
    if read.report.ok:
        try:
            asyncio.run(_save(settings, read, parsed.path.name))
        except OpensConfidential as error:
            return _refuse_opening(error, as_json=parsed.json)
    _print(read.report, as_json=parsed.json)
    return 0 if read.report.ok else 1


def run_told(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when no service needs a look, 1 when one does. Nothing of a person is in it."""
    found = asyncio.run(_find_worrying(settings))
    rows = [{"service": name, **asdict(record)} for name, record in sorted(found.items())]
    if parsed.json:
        print(json.dumps(rows, indent=2))
    for row in [] if parsed.json else rows:
        print(f"{row['service']}: {row['turned_away']} of {row['answers']} were turned away")
    return 1 if rows else 0


async def _find_worrying(settings: Settings) -> dict[str, Record]:
    async with open_transaction(settings) as session:
        return await find_worrying(session, datetime.now(UTC))


async def load_directory(settings: Settings, site: Site) -> Report | None:
    """Load the site's own package if it changed since it was last loaded here.

    Not any more once people edited the directory: then their edits are the truth.
    """
    folder = site.path / "directory"
    stamp = settings.home / STAMP
    state = _state(folder, settings)
    is_known = stamp.exists() and stamp.read_text() == state
    has = await _look(settings)
    if not folder.is_dir() or (is_known and (has.entries or not has.listings)):
        return None
    if has.edits:
        print(f"The directory was edited here, so {folder} was not loaded. {_REPLACE} {folder}")
        return None
    package = open_package(folder, load_places(site.path), site.home_state)
    if not package.report.ok:
        raise PackageUnreadable(folder, "holds nothing usable; run: waymark directory check")
    if is_known and {one["id"] for one in package.listings} != has.listings:
        print(f"The services here are not those of {folder}. {_ANEW}")
        return None
    await _save(settings, package, folder.name, own=True)
    stamp.write_text(state)
    return package.report


@dataclass(frozen=True)
class _Has:
    """What is in the database. Listings without entries are from before there were entries."""

    listings: set[str]
    entries: bool
    edits: bool


async def _look(settings: Settings) -> _Has:
    async with open_transaction(settings) as session:
        has_entries = bool(await find_entries(session, limit=1))
        ids = await session.scalars(select(ServiceRow.id).where(literal(not has_entries)))
        return _Has(set(ids), has_entries, await is_edited(session))


def _read(parsed: argparse.Namespace, settings: Settings) -> Package | None:
    site = load_site(settings.site_path)
    try:
        with Console(stderr=True).status("Reading the package ..."):
            return open_package(parsed.path, load_places(site.path), site.home_state)
    except (PackageUnreadable, OSError) as error:
        print(error, file=sys.stderr)
        if parsed.json:
            print(json.dumps({"ok": False, "problem": str(error)}, indent=2))
        return None


async def _save(settings: Settings, package: Package, name: str, *, own: bool = False) -> None:
    author = Author(None, datetime.now(UTC))
    with telling("Saving the entries", len(package.services)) as tell:
        async with open_transaction(settings) as session:
            await save_package(session, package, author, file_name=name, own=own, tell=tell)


def _print(report: Report, *, as_json: bool) -> None:
    print(json.dumps(report.to_json(), indent=2) if as_json else render_report(report))


def _refuse_opening(error: OpensConfidential, *, as_json: bool) -> int:
    print(error, *error.names, sep="\n  ", file=sys.stderr)
    if as_json:
        told = {"ok": False, "problem": str(error), "opened": list(error.names)}
        print(json.dumps(told, indent=2))
    return 1


def _state(folder: Path, settings: Settings) -> str:
    digest = hashlib.sha256(settings.database_url.reveal().encode())
    for file in [*sorted(folder.glob("*.csv")), *folder.parent.glob("places.toml")]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
