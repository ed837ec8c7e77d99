"""Imports of the directory: which there were, and whether people changed it since."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import DirectoryImportRow, EntryChangeRow, StaffRow

#: The changes of so many imports are kept; older ones cannot be undone.
KEPT = 3


@dataclass(frozen=True)
class Import:
    """An import with who made it; ``by`` is empty when nobody is known."""

    row: DirectoryImportRow
    by: str


async def find_imports(session: AsyncSession, limit: int = 50) -> list[Import]:
    """The newest first."""
    found = await session.execute(
        select(DirectoryImportRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == DirectoryImportRow.made_by)
        .order_by(DirectoryImportRow.made_at.desc(), DirectoryImportRow.id)
        .limit(limit)
    )
    return [Import(row, name or "") for row, name in found]


async def find_undoable(session: AsyncSession) -> DirectoryImportRow | None:
    """The last import, if it stands and its changes are still kept."""
    rows = select(DirectoryImportRow).where(DirectoryImportRow.undone_at.is_(None))
    rows = rows.order_by(DirectoryImportRow.made_at.desc()).limit(1)
    return await session.scalar(rows)


async def is_edited(session: AsyncSession) -> bool:
    """Whether people changed the directory: an entry, or by an import or its undoing."""
    by_people = or_(DirectoryImportRow.own.is_(False), DirectoryImportRow.undone_at.is_not(None))
    imports = select(DirectoryImportRow.id).where(by_people).exists()
    edits = select(EntryChangeRow.id).where(EntryChangeRow.import_id.is_(None)).exists()
    return bool(await session.scalar(select(or_(imports, edits))))


async def save_import(session: AsyncSession, made: DirectoryImportRow) -> None:
    """Note an import, and forget the changes of those before the last few."""
    session.add(made)
    await session.flush()
    kept = select(DirectoryImportRow.id).order_by(DirectoryImportRow.made_at.desc()).limit(KEPT)
    await session.execute(
        delete(EntryChangeRow).where(
            EntryChangeRow.import_id.is_not(None),
            EntryChangeRow.import_id.not_in(kept.scalar_subquery()),
        )
    )
