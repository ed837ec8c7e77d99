"""Entries of the directory: found, listed, written, and what became of each.

What an entry must be like, and what follows from a change, is decided in ``bot.directory``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import EntryChangeRow, EntryRow, StaffRow

#: A service in one of these states is not offered to anybody.
NOT_OFFERED = frozenset({"inactive", "defunct", "temporarily closed"})
#: The order of every list, which has an index.
BY_NAME = (func.lower(func.left(EntryRow.name, 80)), EntryRow.id)
#: Changes that the history of one entry shows.
SHOWN = 50

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Change:
    """An entry before and after, with who changed it; ``by`` is empty when nobody is known."""

    row: EntryChangeRow
    by: str


async def find_entry(session: AsyncSession, entry_id: str) -> EntryRow | None:
    """One entry by its service's id."""
    return (
        None if "\0" in entry_id else await session.get(EntryRow, entry_id, populate_existing=True)
    )


async def find_entries(
    session: AsyncSession, *, due_before: date | None = None, limit: int = 50, offset: int = 0
) -> Sequence[EntryRow]:
    """Entries by name. ``due_before`` leaves those that people are told of and nobody has made
    sure of since. ``bot.store.entry_pages`` finds them by words.
    """
    found = select(EntryRow).where(*find_conditions(due_before=due_before))
    rows = found.order_by(*BY_NAME).limit(limit).offset(offset)
    return (await session.scalars(rows.execution_options(populate_existing=True))).all()


async def count_entries(session: AsyncSession, *, due_before: date | None = None) -> int:
    """How many ``find_entries`` finds without a limit."""
    found = select(func.count()).select_from(EntryRow)
    return await session.scalar(found.where(*find_conditions(due_before=due_before))) or 0


async def find_sharing(
    session: AsyncSession, organization_ids: Sequence[str], location_ids: Sequence[str]
) -> Sequence[EntryRow]:
    """Entries of one of these organizations, or at one of these locations."""
    shared = or_(
        EntryRow.organization_id.in_(organization_ids),
        EntryRow.location_ids.overlap(list(location_ids)),
    )
    rows = select(EntryRow).where(shared).order_by(EntryRow.id)
    return (await session.scalars(rows.execution_options(populate_existing=True))).all()


async def find_changes(session: AsyncSession, entry_id: str) -> list[Change]:
    """What became of one entry, the newest first."""
    found = await session.execute(
        select(EntryChangeRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == EntryChangeRow.changed_by)
        .where(EntryChangeRow.entry_id == entry_id)
        .order_by(EntryChangeRow.changed_at.desc(), EntryChangeRow.id)
        .limit(SHOWN)
    )
    return [Change(row, name or "") for row, name in found]


async def find_change(session: AsyncSession, change_id: uuid.UUID) -> EntryChangeRow | None:
    """One change."""
    return await session.get(EntryChangeRow, change_id)


async def claim_directory(session: AsyncSession) -> None:
    """Nobody else changes entries before the transaction ends; everybody can read them."""
    await session.execute(text("LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE"))


async def save_row(
    session: AsyncSession, values: Mapping[str, Any], staff_id: uuid.UUID | None, now: datetime
) -> None:
    """Write one entry in the place of what it was."""
    written = {**values, "changed_by": staff_id, "changed_at": now}
    saved = insert(EntryRow).values(written)
    kept = {name: saved.excluded[name] for name in written if name != "id"}
    await session.execute(saved.on_conflict_do_update(index_elements=["id"], set_=kept))


async def drop_row(session: AsyncSession, entry_id: str) -> None:
    """Take one entry out."""
    await session.execute(delete(EntryRow).where(EntryRow.id == entry_id))


async def save_history(
    session: AsyncSession, entry_id: str, before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None, staff_id: uuid.UUID | None, now: datetime,
) -> uuid.UUID:  # fmt: skip
    """Note what became of one entry. Returns the change's id."""
    row = EntryChangeRow(
        id=uuid.uuid4(),
        entry_id=entry_id,
        before=before,
        after=after,
        changed_by=staff_id,
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def find_changed_entries(
    session: AsyncSession, import_id: uuid.UUID, entry_ids: Sequence[str]
) -> Sequence[EntryChangeRow]:
    """What an import made of those of these entries that were there before."""
    rows = select(EntryChangeRow).where(
        EntryChangeRow.import_id == import_id,
        EntryChangeRow.entry_id.in_(entry_ids),
        EntryChangeRow.before.is_not(None),
    )
    return (await session.scalars(rows)).all()


async def overwrite_history(
    session: AsyncSession, entry_id: str, document: Mapping[str, Any]
) -> None:
    """Put ``document`` in the place of all that the history of an entry holds.

    Who changed it and when stays, and what was new stays new.
    """
    said = (EntryChangeRow.before, EntryChangeRow.after)
    for column in said:
        rows = update(EntryChangeRow).where(EntryChangeRow.entry_id == entry_id)
        await session.execute(rows.where(column.is_not(None)).values({column: document}))


def find_conditions(
    words: str = "", *, status: str | None = None, due_before: date | None = None
) -> list[ColumnElement[bool]]:
    """What a search asks of each entry: each of ``words`` begins a word of the service's or the
    organization's name.
    """
    conditions: list[ColumnElement[bool]] = []
    if beginnings := _WORD.findall(words.replace("\0", " ")):
        query = func.to_tsquery("simple", " & ".join(f"{word}:*" for word in beginnings))
        conditions.append(EntryRow.words.bool_op("@@")(query))
    if status is not None:
        conditions.append(EntryRow.status == status)
    if due_before is not None:
        conditions.append(EntryRow.status.not_in(NOT_OFFERED))
        conditions.append(or_(EntryRow.assured.is_(None), EntryRow.assured < due_before))
    return conditions
