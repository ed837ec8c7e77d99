"""Taking an import back: everything is as it was before it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.deriving import derive_listings, find_columns
from bot.directory.entries import Author
from bot.directory.errors import EntriesChangedSince, NothingToUndo
from bot.directory.listing import Listing
from bot.directory.nesting import Document
from bot.store.entries import claim_directory
from bot.store.staging import copy_listings, merge_entries, refresh, stage_entries
from bot.store.undone_imports import (
    claim_import,
    drop_imported,
    find_changed_since,
    note_overruled,
    stream_before,
)


async def undo_import(
    session: AsyncSession, import_id: uuid.UUID, areas: Areas, author: Author, *,
    force: bool = False, tell: Callable[[], None] | None = None,
) -> int:  # fmt: skip
    """Put back what an import changed, in the caller's transaction. Returns how many entries.

    With ``force`` also entries that were changed since; that goes into their history. Raises
    ``NothingToUndo``, or ``EntriesChangedSince`` with some of them.
    """
    await claim_directory(session)
    made = await claim_import(session, import_id)
    if made is None:
        raise NothingToUndo
    if (changed := await find_changed_since(session, import_id)) and not force:
        raise EntriesChangedSince(changed)
    by = (author.staff_id, author.now)
    await note_overruled(session, import_id, *by)
    await drop_imported(session, import_id)
    async for documents in stream_before(session, import_id):
        await stage_entries(session, map(find_columns, documents))
        await merge_entries(session, *by, drop_others=False)
        await copy_listings(session, _derive(documents, areas, tell))
    await refresh(session)
    made.undone_at = author.now
    return sum(made.report[name] for name in ("new", "changed", "gone"))


def _derive(
    documents: Iterable[Document], areas: Areas, tell: Callable[[], None] | None
) -> Iterator[Listing]:
    for document in documents:
        yield from derive_listings(document, areas)[0]
        if tell:
            tell()
