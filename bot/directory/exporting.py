"""The directory as a package of HSDS 3: a JSON file, a folder of CSV tables, or those in a zip.

An import of what was exported changes nothing. A confidential place leaves as it is kept:
without an address, for it never had one here.
"""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.capacity import render_document
from bot.directory.document import find_tables
from bot.directory.nesting import Document
from bot.store.tables import CapacityRow, EntryRow

#: Documents that the database sends at a time.
BATCH = 500

Tell = Callable[[], None]


async def stream_documents(session: AsyncSession) -> AsyncIterator[Document]:
    """Every entry as it leaves the house, in the order of ids; few are held at a time."""
    rows = (
        select(EntryRow.document, CapacityRow)
        .outerjoin(CapacityRow, CapacityRow.entry_id == EntryRow.id)
        .order_by(EntryRow.id)
    )
    async for document, capacity in await session.stream(rows.execution_options(yield_per=BATCH)):
        yield render_document(document, capacity)


async def export_json(session: AsyncSession, path: Path, tell: Tell | None = None) -> int:
    """Write a list of services. Returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        async for document in stream_documents(session):
            file.write(",\n" if count else "[\n")
            file.write(json.dumps(document, ensure_ascii=False))
            count += 1
            if tell:
                tell()
        file.write("\n]\n" if count else "[]\n")
    return count


async def export_csv(session: AsyncSession, folder: Path, tell: Tell | None = None) -> int:
    """Write a table for each kind of object into a new or empty folder. Returns how many
    services.

    Rows wait beside it as JSON until every column is known.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as waiting:
        tables = _Tables(Path(waiting))
        count = 0
        async for document in stream_documents(session):
            tables.add(document)
            count += 1
            if tell:
                tell()
        tables.save(folder)
    return count


async def export_zip(session: AsyncSession, path: Path, tell: Tell | None = None) -> int:
    """The same tables in one file. Returns how many services."""
    with tempfile.TemporaryDirectory() as waiting:
        count = await export_csv(session, Path(waiting), tell)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for file in sorted(Path(waiting).glob("*.csv")):
                package.write(file, file.name)
    return count


class _Tables:
    """Rows of all tables on their way to disk. What services share is written once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[str]] = {}
        self._columns: dict[str, dict[str, None]] = {}
        self._seen: set[int] = set()

    def add(self, document: Document) -> None:
        """Every row of one document."""
        for table, rows in find_tables(document).items():
            for row in rows:
                mark = hash((table, frozenset(row.values.items())))
                if mark not in self._seen:
                    self._seen.add(mark)
                    self._columns.setdefault(table, {"id": None}).update(dict.fromkeys(row.values))
                    self._open(table).write(json.dumps(dict(row.values)) + "\n")

    def save(self, folder: Path) -> None:
        """Write the tables; there is one of services even when there are none."""
        for table in {"services": None} | self._columns:
            self._open(table).close()
            columns = list(self._columns.get(table, {"id": None, "organization_id": None}))
            with (
                (self._folder / table).open(encoding="utf-8") as rows,
                (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file,
            ):
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(map(json.loads, rows))

    def _open(self, table: str) -> IO[str]:
        if table not in self._files:
            self._files[table] = (self._folder / table).open("w", encoding="utf-8")
        return self._files[table]
