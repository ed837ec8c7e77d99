"""What an import changed: whether it stands like that still, and what was there before."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Uuid, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import DirectoryImportRow, EntryChangeRow, EntryRow, ServiceRow

#: Entries that are named when an import cannot be undone.
SOME = 20
#: Documents that are held in memory at a time.
BATCH = 2000


async def claim_import(session: AsyncSession, import_id: uuid.UUID) -> DirectoryImportRow | None:
    """An import that stands, and whose changes are all still kept."""
    made = await session.get(DirectoryImportRow, import_id, populate_existing=True)
    if made is None or made.undone_at is not None:
        return None
    changes = select(func.count()).where(EntryChangeRow.import_id == import_id)
    told = sum(made.report[name] for name in ("new", "changed", "gone"))
    return made if await session.scalar(changes) == told else None


async def find_changed_since(session: AsyncSession, import_id: uuid.UUID) -> Sequence[str]:
    """The first ids of entries that are not any more as an import left them."""
    rows = select(EntryChangeRow.entry_id).where(*_overruled(import_id))
    rows = rows.outerjoin(EntryRow, EntryRow.id == EntryChangeRow.entry_id)
    return (await session.scalars(rows.order_by(EntryChangeRow.entry_id).limit(SOME))).all()


async def note_overruled(
    session: AsyncSession, import_id: uuid.UUID, staff_id: uuid.UUID | None, now: datetime
) -> None:
    """Write into the history of such entries that what people made of them goes."""
    rows = select(
        func.gen_random_uuid(), EntryChangeRow.entry_id, EntryRow.document, EntryChangeRow.before,
        literal(staff_id, Uuid), literal(now, EntryChangeRow.changed_at.type),
    ).outerjoin(EntryRow, EntryRow.id == EntryChangeRow.entry_id)  # fmt: skip
    columns = ["id", "entry_id", "before", "after", "changed_by", "changed_at"]
    noted = insert(EntryChangeRow).from_select(columns, rows.where(*_overruled(import_id)))
    await session.execute(noted)


async def drop_imported(session: AsyncSession, import_id: uuid.UUID) -> None:
    """Take out the listings of all entries that an import changed, and those entries that were
    new in it.
    """
    imported = select(EntryChangeRow.entry_id).where(EntryChangeRow.import_id == import_id)
    listing_ids = EntryRow.id + "@" + func.unnest(EntryRow.location_ids)
    at_places = select(listing_ids).where(EntryRow.id.in_(imported))
    gone = imported.where(EntryChangeRow.before.is_(None))
    await session.execute(delete(ServiceRow).where(ServiceRow.id.in_(at_places)))
    await session.execute(delete(ServiceRow).where(ServiceRow.id.in_(imported)))
    await session.execute(delete(EntryRow).where(EntryRow.id.in_(gone)))


async def stream_before(
    session: AsyncSession, import_id: uuid.UUID
) -> AsyncIterator[list[dict[str, Any]]]:
    """The documents as they were before an import, some at a time."""
    last = ""
    while True:
        rows = select(EntryChangeRow.entry_id, EntryChangeRow.before).where(
            EntryChangeRow.import_id == import_id,
            EntryChangeRow.before.is_not(None),
            EntryChangeRow.entry_id > last,
        )
        found = (await session.execute(rows.order_by(EntryChangeRow.entry_id).limit(BATCH))).all()
        if not found:
            return
        last = found[-1].entry_id
        yield [row.before for row in found]


def _overruled(import_id: uuid.UUID) -> list[ColumnElement[bool]]:
    after = EntryChangeRow.after.is_distinct_from(EntryRow.document)
    return [EntryChangeRow.import_id == import_id, after]
