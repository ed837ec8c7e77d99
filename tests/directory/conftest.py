"""Places are read once for all tests of this room: it takes a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.importing import save_package
from bot.directory.listing import Listing
from bot.directory.places import Places, load_places
from bot.directory.search import Match, Query, find_service, search
from bot.settings import ROOT
from bot.store import embedded
from bot.store.database import connect, driver_url, sessions
from bot.store.tables import ServiceRow
from tests.databases import Databases, address

Told = TypeVar("Told")


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places(ROOT / "sites" / "demo")


class Directory:
    """A directory in a database, one transaction for each question."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def save(self, listings: list[Listing]) -> None:
        """Put ``listings`` in the place of what was there."""
        self.ask(lambda session: save_package(session, listings))

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
            engine = connect(self._url, pool_size=1)
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
    shared_directory.save([])
    return shared_directory
