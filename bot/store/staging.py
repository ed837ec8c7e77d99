"""Many entries at once, compared and merged inside of the database.

Documents are copied into a table of the transaction and never held all in memory.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection, AsyncCopy, sql
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ServiceRow

#: What is copied of an entry; the rest follows from it.
_COLUMNS = (
    "id", "document", "name", "organization", "organization_id", "location_ids", "status",
    "assured",
)  # fmt: skip
_JSON = frozenset({"document", "schedules"})


async def stage_entries(session: AsyncSession, rows: Iterable[Mapping[str, Any]]) -> None:
    """Copy entries beside the directory, where this transaction alone sees them."""
    await session.execute(text("DROP TABLE IF EXISTS pg_temp.incoming"))
    await session.execute(
        text(
            "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT id, document, name,"
            " organization, organization_id, location_ids, status, assured FROM entry LIMIT 0"
        )
    )
    await _copy(session, "incoming", _COLUMNS, rows)
    await session.execute(text("CREATE UNIQUE INDEX ON pg_temp.incoming (id)"))
    await session.execute(text("ANALYZE pg_temp.incoming"))


async def note_differences(
    session: AsyncSession, import_id: uuid.UUID, staff_id: uuid.UUID | None, now: datetime
) -> dict[str, int]:
    """Write the history of what ``merge_entries`` will do. Returns how many are new, changed,
    gone.
    """
    noted = text(
        "WITH noted AS (INSERT INTO entry_change"
        " (id, entry_id, import_id, before, after, changed_by, changed_at)"
        " SELECT gen_random_uuid(), coalesce(e.id, i.id), :import_id, e.document, i.document,"
        " :staff_id, :now FROM entry e FULL JOIN incoming i ON i.id = e.id"
        " WHERE e.document IS DISTINCT FROM i.document"
        " RETURNING before IS NULL AS new, after IS NULL AS gone)"
        " SELECT count(*) FILTER (WHERE new) AS new, count(*) FILTER (WHERE gone) AS gone,"
        " count(*) FILTER (WHERE NOT new AND NOT gone) AS changed FROM noted"
    )
    values = {"import_id": import_id, "staff_id": staff_id, "now": now}
    row = (await session.execute(noted, values)).one()
    return {"new": row.new, "changed": row.changed, "gone": row.gone}


async def merge_entries(
    session: AsyncSession, staff_id: uuid.UUID | None, now: datetime, *, drop_others: bool
) -> None:
    """Put what was staged in the place of the entries; those that are the same stay untouched."""
    if drop_others:
        gone = "DELETE FROM entry e WHERE NOT EXISTS (SELECT FROM incoming i WHERE i.id = e.id)"
        await session.execute(text(gone))
    merged = text(
        "INSERT INTO entry AS e (id, document, name, organization, organization_id, location_ids,"
        " status, assured, changed_at, changed_by)"
        " SELECT id, document, name, organization, organization_id, location_ids, status, assured,"
        " cast(:now AS timestamptz), cast(:staff_id AS uuid) FROM incoming"
        " ON CONFLICT (id) DO UPDATE SET document = excluded.document, name = excluded.name,"
        " organization = excluded.organization, organization_id = excluded.organization_id,"
        " location_ids = excluded.location_ids, status = excluded.status,"
        " assured = excluded.assured, changed_at = excluded.changed_at,"
        " changed_by = excluded.changed_by WHERE e.document IS DISTINCT FROM excluded.document"
    )
    await session.execute(merged, {"staff_id": staff_id, "now": now})


async def copy_listings(session: AsyncSession, listings: Iterable[Mapping[str, Any]]) -> None:
    """Add rows to what is searched."""
    columns = tuple(column.name for column in ServiceRow.__table__.columns)
    await _copy(session, "service", columns, listings)


async def refresh(session: AsyncSession) -> None:
    """Until PostgreSQL knows the new rows, some searches take ten times as long."""
    await session.execute(text("ANALYZE service, entry"))


async def _copy(
    session: AsyncSession, table: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    async with _open_copy(session, table, columns) as copy:
        for row in rows:
            values = (Jsonb(row[one]) if one in _JSON else row[one] for one in columns)
            await copy.write_row(tuple(values))


@asynccontextmanager
async def _open_copy(
    session: AsyncSession, table: str, columns: Sequence[str]
) -> AsyncIterator[AsyncCopy]:
    held = await (await session.connection()).get_raw_connection()
    connection = held.driver_connection
    assert isinstance(connection, AsyncConnection)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    copied = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    async with connection.cursor() as cursor, cursor.copy(copied) as copy:
        yield copy
