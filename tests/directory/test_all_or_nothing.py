"""An import puts the whole package in the place of the whole directory, or changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from psycopg.errors import CheckViolation
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.entries import Author
from bot.directory.importing import Package, open_package, save_package
from bot.directory.places import Places
from bot.store.database import Sessions, connect, sessions
from bot.store.tables import ServiceRow
from tests.directory.conftest import NOBODY, Directory
from tests.directory.listings import make_listing
from tests.directory.packages import write_json

Told = TypeVar("Told")


@pytest.fixture
def directory(database_url: str) -> Directory:
    """The directory in the database that the test also reaches in another way."""
    return Directory(database_url)


Make = Callable[..., Package]


@pytest.fixture
def make(tmp_path: Path, places: Places) -> Make:
    """Packages of food pantries with these ids."""

    def make_package(*ids: str) -> Package:
        items = [
            {
                "id": one,
                "name": f"Food pantry {one}",
                "organization": {"id": "org-1", "name": "Pantries"},
                "phones": [{"number": "503-555-0100"}],
            }
            for one in ids
        ]
        return open_package(write_json(tmp_path, items), places)

    return make_package


def test_new_package_replaces_the_old_one(directory: Directory, make: Make) -> None:
    directory.take(make("old-1", "old-2"))
    directory.take(make("new-1"))
    assert [row.id for row in directory.rows()] == list(directory.entries()) == ["new-1"]


def test_failure_at_the_last_listing_leaves_the_old_directory(
    directory: Directory, make: Make
) -> None:
    directory.take(make("old-1", "old-2"))
    package = make(*(f"{n:05}" for n in range(1000)))
    hidden = make_listing("leak", confidential=True, address="12 Sample Street")
    package.listings.append(hidden)
    with pytest.raises(CheckViolation):
        directory.take(package)
    assert [row.id for row in directory.rows()] == ["old-1", "old-2"]
    assert sorted(directory.entries()) == ["old-1", "old-2"]


def test_failure_after_the_import_leaves_the_old_directory(
    directory: Directory, make: Make
) -> None:
    async def save_and_fail(session: AsyncSession) -> None:
        await save_package(session, make("new-1"), NOBODY, file_name="new")
        raise KeyError("something else in the same transaction")

    directory.take(make("old-1", "old-2"))
    with pytest.raises(KeyError):
        directory.ask(save_and_fail)
    assert [row.id for row in directory.rows()] == ["old-1", "old-2"]
    assert sorted(directory.entries()) == ["old-1", "old-2"]


def test_searches_see_the_old_directory_until_the_end(
    directory: Directory, database_url: str, make: Make
) -> None:
    directory.take(make("old-1", "old-2"))

    async def read_meanwhile(open_session: Sessions) -> list[str]:
        async with open_session() as importing, open_session() as searching:
            await save_package(importing, make("new-1"), NOBODY, file_name="new")
            return list(await searching.scalars(select(ServiceRow.id).order_by(ServiceRow.id)))

    assert _with_sessions(database_url, read_meanwhile) == ["old-1", "old-2"]


def test_two_imports_at_once_do_not_mix(
    directory: Directory, database_url: str, make: Make
) -> None:
    async def import_both(open_session: Sessions) -> None:
        async with open_session() as first, open_session() as second:
            await save_package(first, make("old-1", "old-2"), NOBODY, file_name="old")
            late = Author(None, NOBODY.now + timedelta(seconds=1))
            waiting = asyncio.create_task(
                save_package(second, make("new-1"), late, file_name="new")
            )
            async with open_session() as watching:
                while not waiting.done() and not await _is_someone_waiting(watching):
                    await watching.rollback()
            await first.commit()
            await waiting
            await second.commit()

    _with_sessions(database_url, import_both)
    assert [row.id for row in directory.rows()] == list(directory.entries()) == ["new-1"]


async def _is_someone_waiting(session: AsyncSession) -> bool:
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    query = (
        select(func.count()).select_from(text("pg_locks")).where(text(f"NOT granted AND {here}"))
    )
    return bool(await session.scalar(query))


def _with_sessions(database_url: str, work: Callable[[Sessions], Awaitable[Told]]) -> Told:
    async def run() -> Told:
        engine = connect(database_url)
        try:
            return await work(sessions(engine))
        finally:
            await engine.dispose()

    return asyncio.run(run())
