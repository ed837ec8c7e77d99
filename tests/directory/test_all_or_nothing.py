"""An import puts the whole package in the place of the whole directory, or changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.importing import BATCH, save_package
from bot.store.database import Sessions, connect, sessions
from bot.store.tables import ServiceRow
from tests.directory.conftest import Directory
from tests.directory.listings import make_listing

Told = TypeVar("Told")
OLD = [make_listing("old-1"), make_listing("old-2")]
NEW = [make_listing("new-1")]


@pytest.fixture
def directory(database_url: str) -> Directory:
    """The directory in the database that the test also reaches in another way."""
    return Directory(database_url)


def test_new_package_replaces_the_old_one(directory: Directory) -> None:
    directory.save(OLD)
    directory.save(NEW)
    assert [row.id for row in directory.rows()] == ["new-1"]


def test_package_of_many_batches_is_saved_whole(directory: Directory) -> None:
    many = [make_listing(f"{n:05}") for n in range(2 * BATCH + 1)]
    directory.save(many)
    assert [row.id for row in directory.rows()] == [listing["id"] for listing in many]


def test_failure_in_the_last_batch_leaves_the_old_directory(directory: Directory) -> None:
    directory.save(OLD)
    hidden = make_listing("leak", confidential=True, address="12 Sample Street")
    with pytest.raises(IntegrityError):
        directory.save([*(make_listing(f"{n:05}") for n in range(BATCH)), hidden])
    assert [row.id for row in directory.rows()] == ["old-1", "old-2"]


def test_failure_after_the_import_leaves_the_old_directory(directory: Directory) -> None:
    async def save_and_fail(session: AsyncSession) -> None:
        await save_package(session, NEW)
        raise KeyError("something else in the same transaction")

    directory.save(OLD)
    with pytest.raises(KeyError):
        directory.ask(save_and_fail)
    assert [row.id for row in directory.rows()] == ["old-1", "old-2"]


def test_searches_see_the_old_directory_until_the_end(
    directory: Directory, database_url: str
) -> None:
    directory.save(OLD)

    async def read_meanwhile(open_session: Sessions) -> list[str]:
        async with open_session() as importing, open_session() as searching:
            await save_package(importing, NEW)
            return list(await searching.scalars(select(ServiceRow.id).order_by(ServiceRow.id)))

    assert _with_sessions(database_url, read_meanwhile) == ["old-1", "old-2"]


def test_two_imports_at_once_do_not_mix(directory: Directory, database_url: str) -> None:
    async def import_both(open_session: Sessions) -> None:
        async with open_session() as first, open_session() as second:
            await save_package(first, OLD)
            waiting = asyncio.create_task(save_package(second, NEW))
            async with open_session() as watching:
                while not waiting.done() and not await _is_someone_waiting(watching):
                    await watching.rollback()
            await first.commit()
            await waiting
            await second.commit()

    _with_sessions(database_url, import_both)
    assert [row.id for row in directory.rows()] == ["new-1"]


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
