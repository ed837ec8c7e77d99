"""Places are read once for all tests of this room: it takes a second."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.entries import Author
from bot.directory.importing import Package, replace_listings, save_package
from bot.directory.listing import Listing
from bot.directory.nesting import Document
from bot.directory.places import Places, load_places
from bot.directory.search import Match, Query, find_service, search
from bot.settings import ROOT
from bot.store import embedded
from bot.store.database import connect, driver_url, sessions
from bot.store.tables import EntryRow, ServiceRow
from tests.databases import Databases, address

Told = TypeVar("Told")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
NOBODY = Author(None, datetime(2026, 3, 12, 9, tzinfo=UTC))


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places(ROOT / "sites" / "demo")


class Directory:
    """A directory in a database, one transaction for each question."""

    def __init__(self, database_url: str) -> None:
        self.url = database_url

    def save(self, listings: list[Listing]) -> None:
        """Put ``listings`` in the place of what was there."""
        self.ask(lambda session: replace_listings(session, listings))

    def take(self, package: Package, author: Author = NOBODY, **more: Any) -> uuid.UUID:
        """Import a package, and return the import's id."""
        more = {"file_name": "a package", **more}
        return self.ask(lambda session: save_package(session, package, author, **more))

    def entries(self) -> dict[str, Document]:
        """Every document, by its id."""

        async def read(session: AsyncSession) -> dict[str, Document]:
            return {row.id: row.document for row in await session.scalars(select(EntryRow))}

        return self.ask(read)

    def clear(self) -> None:
        """Nothing is there, as before the first start."""

        async def empty(session: AsyncSession) -> None:
            names = "service, entry, entry_change, directory_import, capacity, apart"
            await session.execute(text(f"TRUNCATE {names}"))

        self.ask(empty)

    def search(self, query: Query, now: datetime) -> list[Match]:
        """What a person would be shown."""
        return self.ask(lambda session: search(session, query, now))

    def find(self, service_id: str, now: datetime) -> Match | None:
        """One service."""
        return self.ask(lambda session: find_service(session, service_id, now))

    def names(self) -> list[str]:
        """Every service's name, as it is stored."""
        return [row.name for row in self.rows()]

    def rows(self) -> list[ServiceRow]:
        """Everything, in the order of ids."""

        async def read(session: AsyncSession) -> list[ServiceRow]:
            return list(await session.scalars(select(ServiceRow).order_by(ServiceRow.id)))

        return self.ask(read)

    def ask(self, question: Callable[[AsyncSession], Awaitable[Told]]) -> Told:
        """What ``question`` says in a transaction of its own."""

        async def answer() -> Told:
            engine = connect(self.url, pool_size=1)
            try:
                async with sessions(engine).begin() as session:
                    return await question(session)
            finally:
                await engine.dispose()

        return asyncio.run(answer())


@pytest.fixture(scope="session")
def shared_directory(cluster: embedded.Cluster, databases: Databases) -> Directory:
    """One database for all tests of this room."""
    return Directory(driver_url(address(cluster, databases.take())))


@pytest.fixture
def directory(shared_directory: Directory) -> Directory:
    """An empty directory."""
    shared_directory.clear()
    return shared_directory


@pytest.fixture
def areas(places: Places) -> Areas:
    """The places at home."""
    return Areas(places, "OR")


@pytest.fixture
def waymark(plain_database_url: str, tmp_path: Path) -> Run:
    """Runs the command in a process of its own, on this test's database."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK", "TWILIO"))}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "WAYMARK_HOME": str(tmp_path / "home"),
        "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
        "WAYMARK_DATABASE_URL": plain_database_url,
    }
    start = "import sys; from bot.cli import main; sys.exit(main())"

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", start, "directory", *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
