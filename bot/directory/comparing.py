"""What an import would do, found out without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.deriving import find_columns
from bot.directory.importing import Package
from bot.store.staging import stage_entries

#: Entries that would go are named up to here.
NAMED = 50


@dataclass(frozen=True)
class Difference:
    """How many entries would be new, changed or gone, and some names of those that go."""

    new: int
    changed: int
    gone: int
    gone_names: tuple[str, ...]


async def compare_package(session: AsyncSession, package: Package) -> Difference:
    """Compare a package with the directory; nothing is left of it after the transaction."""
    await stage_entries(session, map(find_columns, package.documents()))
    counted = text(
        "SELECT count(*) FILTER (WHERE e.id IS NULL) AS new,"
        " count(*) FILTER (WHERE i.id IS NULL) AS gone,"
        " count(*) FILTER (WHERE e.document IS DISTINCT FROM i.document"
        " AND e.id IS NOT NULL AND i.id IS NOT NULL) AS changed"
        " FROM entry e FULL JOIN pg_temp.incoming i ON i.id = e.id"
    )
    row = (await session.execute(counted)).one()
    going = text(
        "SELECT e.name FROM entry e WHERE NOT EXISTS"
        " (SELECT FROM pg_temp.incoming i WHERE i.id = e.id) ORDER BY lower(e.name) LIMIT :most"
    )
    names = tuple(await session.scalars(going, {"most": NAMED}))
    return Difference(row.new, row.changed, row.gone, names)
