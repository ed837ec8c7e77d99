"""Taking a package into the directory: all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.listing import Listing, build_listings
from bot.directory.package import read_package
from bot.directory.places import Places
from bot.directory.report import Report
from bot.store.tables import ServiceRow

#: Rows sent to the database at a time.
BATCH = 1000


def parse_package(
    path: Path, places: Places, home_state: str | None = None
) -> tuple[list[Listing], Report]:
    """The services of a package and the report about it; nothing is changed.

    A town that several states have is taken to be the one in ``home_state``.
    Raises ``bot.directory.errors.PackageUnreadable``.
    """
    report = Report()
    tables = read_package(path, report)
    return build_listings(tables, Areas(places, home_state), report), report


async def save_package(session: AsyncSession, listings: list[Listing]) -> None:
    """Put ``listings`` in the place of the whole directory, within the caller's transaction.

    Others go on reading the old one until then; another import waits for its turn.
    """
    await session.execute(text("LOCK TABLE service IN SHARE ROW EXCLUSIVE MODE"))
    await session.execute(delete(ServiceRow))
    for start in range(0, len(listings), BATCH):
        await session.execute(insert(ServiceRow), listings[start : start + BATCH])
    # Until PostgreSQL knows the new rows, some searches take ten times as long.
    await session.execute(text("ANALYZE service"))
