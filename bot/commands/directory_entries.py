"""``waymark directory export|undo|due``: the directory as it was edited here."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.commands.database import open_transaction
from bot.commands.progress import telling
from bot.directory.areas import Areas
from bot.directory.due import due_before
from bot.directory.entries import Author
from bot.directory.errors import EntriesChangedSince, NothingToUndo
from bot.directory.exporting import export_csv, export_json
from bot.directory.places import load_places
from bot.directory.undoing import undo_import
from bot.settings import Settings
from bot.site import load_site
from bot.store.directory_imports import find_undoable
from bot.store.entries import count_entries, find_entries


def add_entries_to(actions: Any) -> None:
    """Declare the commands."""
    export = actions.add_parser("export", help="write the directory as a package of HSDS 3")
    export.add_argument("path", type=Path, help="a .json file, or with --csv a folder")
    export.add_argument("--csv", action="store_true", help="tables in a folder of CSV files")
    export.set_defaults(run=run_export)
    undo = actions.add_parser("undo", help="put back what was there before the last import")
    undo.add_argument("--force", action="store_true", help="also entries that were edited since")
    undo.add_argument("--json", action="store_true", help="print for a program to read")
    undo.set_defaults(run=run_undo)
    due = actions.add_parser("due", help="list entries that nobody made sure of for a year")
    due.add_argument("--json", action="store_true", help="print for a program to read")
    due.set_defaults(run=run_due)


def run_export(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when it is written, 1 when it cannot be."""
    if parsed.csv and parsed.path.is_dir() and any(parsed.path.iterdir()):
        return _refuse(f"{parsed.path}: is not empty.")
    if not parsed.csv and parsed.path.suffix.lower() != ".json":
        return _refuse(f"{parsed.path}: does not end in .json; for a folder, add --csv.")
    try:
        count = asyncio.run(_export(settings, parsed.path, as_csv=parsed.csv))
    except OSError as error:
        return _refuse(str(error))
    print(f"{count} services written to {parsed.path}")
    return 0


def run_undo(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when it is undone, 1 when nothing was changed."""
    try:
        told = asyncio.run(_undo(settings, force=parsed.force))
    except NothingToUndo:
        told = {"ok": False, "problem": "There is no import that can be undone."}
    except EntriesChangedSince as error:
        told = {
            "ok": False,
            "problem": "Entries were edited since. To put them back too, add --force.",
            "entries": list(error.entry_ids),
        }
    if parsed.json:
        print(json.dumps(told, indent=2))
    elif told["ok"]:
        print(f"The import of {told['file']} is undone: {told['entries']} entries are as before.")
    else:
        _refuse(" ".join([told["problem"], *told.get("entries", ())]))
    return 0 if told["ok"] else 1


def run_due(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when everything is confirmed, 1 when something is due."""
    rows = asyncio.run(_find_due(settings))
    if parsed.json:
        print(json.dumps(rows, indent=2))
    for row in [] if parsed.json else rows:
        print(f"{row['id']}: {row['name']} ({row['organization']}), {row['assured'] or 'never'}")
    return 1 if rows else 0


async def _export(settings: Settings, path: Path, *, as_csv: bool) -> int:
    async with open_transaction(settings) as session:
        total = await count_entries(session)
        with telling("Writing the entries", total) as tell:
            return await (export_csv if as_csv else export_json)(session, path, tell)


async def _undo(settings: Settings, *, force: bool) -> dict[str, Any]:
    site = load_site(settings.site_path)
    areas = Areas(load_places(site.path), site.home_state)
    async with open_transaction(settings) as session:
        made = await find_undoable(session)
        if made is None:
            raise NothingToUndo
        author = Author(None, datetime.now(UTC))
        total = made.report["changed"] + made.report["gone"]
        with telling("Putting entries back", total) as tell:
            entries = await undo_import(session, made.id, areas, author, force=force, tell=tell)
        return {"ok": True, "file": made.file_name, "entries": entries}


async def _find_due(settings: Settings) -> list[dict[str, str | None]]:
    async with open_transaction(settings) as session:
        day = due_before(datetime.now(UTC).date())
        return [
            {
                "id": row.id,
                "name": row.name,
                "organization": row.organization,
                "assured": row.assured.isoformat() if row.assured else None,
            }
            for row in await find_entries(
                session, due_before=day, limit=await count_entries(session)
            )
        ]


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
