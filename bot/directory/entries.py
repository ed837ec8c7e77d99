"""Changing one entry of the directory, and what follows: shared facts, listings, history, undo."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.deriving import (
    Changed,
    derive_listings,
    find_columns,
    find_listing_ids,
    find_new_faults,
    has_faults,
    name_entry,
)
from bot.directory.document import becomes_confidential, find_spots, open_document
from bot.directory.errors import ChangedMeanwhile, EntryRefused, NothingToUndo
from bot.directory.listing import TAKEN, Listing
from bot.directory.nesting import Document
from bot.directory.report import Refusal, Report
from bot.directory.sharing import spread_shared
from bot.store.entries import (
    claim_directory,
    drop_row,
    find_change,
    find_entry,
    overwrite_history,
    save_history,
    save_row,
)
from bot.store.hidden_places import forget_open_past
from bot.store.tables import ServiceRow


@dataclass(frozen=True)
class Author:
    """Who changes entries, and when. Nobody is named when a provider or a command does."""

    staff_id: uuid.UUID | None
    now: datetime


async def save_entry(
    session: AsyncSession, untrusted_document: object, areas: Areas, author: Author, *,
    seen: datetime | None,
) -> Report:  # fmt: skip
    """Put a document in the place of its entry, or begin a new one, in the caller's transaction.

    ``seen`` is the ``changed_at`` that the author saw; ``None`` for a new entry. What the
    organization and the locations say of themselves is put into all entries that share them.
    Raises ``DocumentUnreadable``, ``ChangedMeanwhile``, or ``EntryRefused`` with a report; the
    last also when another entry would give a confidential place away.
    """
    document = open_document(untrusted_document)
    await claim_directory(session)
    before = await _find_seen(session, document["id"], seen)
    return await _save(session, before, document, areas, author)


async def retire_entry(
    session: AsyncSession, entry_id: str, areas: Areas, author: Author, *, seen: datetime | None
) -> None:
    """Tell nobody of a service any more. It stays in the directory, and can come back.

    Raises ``ChangedMeanwhile``.
    """
    await claim_directory(session)
    before = await _find_seen(session, entry_id, seen)
    if before is None:
        raise ChangedMeanwhile(None)
    await _save(session, before, {**before, "status": "inactive"}, areas, author)


async def undo_change(
    session: AsyncSession, change_id: uuid.UUID, areas: Areas, author: Author
) -> None:
    """Put an entry back as it was before one change, which must be its last.

    Raises ``NothingToUndo``, ``ChangedMeanwhile`` or ``EntryRefused``.
    """
    await claim_directory(session)
    change = await find_change(session, change_id)
    if change is None:
        raise NothingToUndo
    row = await find_entry(session, change.entry_id)
    if (row.document if row else None) != change.after:
        raise ChangedMeanwhile(row.changed_at if row else None)
    if change.before is None:
        await _drop(session, change.after or {}, author)
    else:
        await _save(session, change.after, change.before, areas, author)


async def _find_seen(
    session: AsyncSession, entry_id: str, seen: datetime | None
) -> Document | None:
    row = await find_entry(session, entry_id)
    changed_at = row.changed_at if row else None
    if changed_at != seen:
        raise ChangedMeanwhile(changed_at)
    return row.document if row else None


async def _save(
    session: AsyncSession, before: Document | None, after: Document, areas: Areas, author: Author
) -> Report:
    edited = Changed(before, after)
    listings, report = derive_listings(after, areas)
    if find_new_faults(edited, listings, report, areas):
        raise EntryRefused(report)
    hidden: set[str] = set()
    for change in await spread_shared(session, edited):
        found, told = derive_listings(change.after, areas)
        if has_faults(change.after, found, told):
            raise EntryRefused(name_entry(told, change.after["id"]))
        if change.before != change.after:
            await _write(session, change, found, author)
            hidden |= _find_hidden(change.after) - _find_hidden(change.before)
    await forget_open_past(session, hidden)
    return report


def _find_hidden(document: Document | None) -> set[str]:
    """The ids of its places that are confidential."""
    spots = find_spots(document) if document else ()
    return {spot.location_id for spot in spots if spot.confidential}


async def _write(
    session: AsyncSession, change: Changed, listings: Sequence[Listing], author: Author
) -> None:
    by = (author.staff_id, author.now)
    await save_row(session, find_columns(change.after), *by)
    told_before = change.before
    if change.before is not None and becomes_confidential(change.before, change.after):
        # Its address must not lie in the past either, nor come back from there.
        await overwrite_history(session, change.after["id"], change.after)
        told_before = change.after
    await save_history(session, change.after["id"], told_before, change.after, *by)
    if change.before is not None:
        await _drop_listings(session, change.before)
    if not listings:
        return
    taken = select(ServiceRow.id).where(ServiceRow.id.in_([one["id"] for one in listings]))
    if await session.scalar(taken.limit(1)):
        raise EntryRefused(Report(refused=[Refusal("services", 1, TAKEN)]))
    await session.execute(insert(ServiceRow), listings)


async def _drop(session: AsyncSession, document: Document, author: Author) -> None:
    """Take an entry out that an undone change had brought."""
    await drop_row(session, document["id"])
    await save_history(session, document["id"], document, None, author.staff_id, author.now)
    await _drop_listings(session, document)


async def _drop_listings(session: AsyncSession, document: Document) -> None:
    ids = find_listing_ids(document)
    await session.execute(delete(ServiceRow).where(ServiceRow.id.in_(ids)))
