"""``waymark directory import|check|told``: read a package of services."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.commands.database import open_transaction
from bot.directory.errors import PackageUnreadable
from bot.directory.importing import parse_package, save_package
from bot.directory.listing import Listing
from bot.directory.places import load_places
from bot.directory.report import Report, render_report
from bot.settings import Settings
from bot.site import Site, load_site
from bot.store.outcomes import Record, find_worrying

#: Where a start notes which state of the site's own package it has loaded.
STAMP = "directory-loaded"


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser = commands.add_parser("directory", help="read and check packages of services")
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


def run_check(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the package can be used, 1 when it cannot."""
    read = _read(parsed, settings)
    if read is None:
        return 1
    _print(read[1], as_json=parsed.json)
    return 0 if read[1].ok else 1


def run_import(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the directory is now that of the package, 1 when nothing was changed."""
    read = _read(parsed, settings)
    if read is None:
        return 1
    listings, report = read
    if report.ok:
        asyncio.run(_save(settings, listings))
    _print(report, as_json=parsed.json)
    return 0 if report.ok else 1


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
    """Load the site's own package if it changed since it was last loaded here."""
    folder = site.path / "directory"
    stamp = settings.home / STAMP
    state = _state(folder, settings)
    if not folder.is_dir() or (stamp.exists() and stamp.read_text() == state):
        return None
    listings, report = parse_package(folder, load_places(site.path), site.home_state)
    if not report.ok:
        raise PackageUnreadable(folder, "holds nothing usable; run: waymark directory check")
    await _save(settings, listings)
    stamp.write_text(state)
    return report


def _read(parsed: argparse.Namespace, settings: Settings) -> tuple[list[Listing], Report] | None:
    site = load_site(settings.site_path)
    try:
        with Console(stderr=True).status("Reading the package ..."):
            return parse_package(parsed.path, load_places(site.path), site.home_state)
    except (PackageUnreadable, OSError) as error:
        print(error, file=sys.stderr)
        if parsed.json:
            print(json.dumps({"ok": False, "problem": str(error)}, indent=2))
        return None


async def _save(settings: Settings, listings: list[Listing]) -> None:
    async with open_transaction(settings) as session:
        await save_package(session, listings)


def _print(report: Report, *, as_json: bool) -> None:
    print(json.dumps(report.to_json(), indent=2) if as_json else render_report(report))


def _state(folder: Path, settings: Settings) -> str:
    digest = hashlib.sha256(settings.database_url.reveal().encode())
    for file in [*sorted(folder.glob("*.csv")), *folder.parent.glob("places.toml")]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
