"""Taking a package into the directory: all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.listing import Listing, build_listings
from bot.directory.package import read_package
from bot.directory.places import Places
from bot.directory.report import Report
from bot.store.tables import ServiceRow

#: Rows sent to the database at a time.
BATCH = 1000


def parse_package(path: Path, places: Places) -> tuple[list[Listing], Report]:
    """The services of a package and the report about it; nothing is changed.

    Raises ``bot.directory.errors.PackageUnreadable``.
    """
    report = Report()
    listings = build_listings(read_package(path, report), places, report)
    return listings, report


async def save_package(session: AsyncSession, listings: list[Listing]) -> None:
    """Put ``listings`` in the place of the whole directory, within the caller's transaction."""
    await session.execute(delete(ServiceRow))
    for start in range(0, len(listings), BATCH):
        await session.execute(insert(ServiceRow), listings[start : start + BATCH])
