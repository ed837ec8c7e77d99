"""Taking a package into the directory: all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.capacity import parse_capacities
from bot.directory.confidential import Confidential, find_confidential
from bot.directory.deriving import find_columns, find_listing_ids
from bot.directory.document import (
    becomes_confidential,
    find_locations,
    find_name,
    find_organization,
    is_offered,
    mark_places,
)
from bot.directory.entries import Author
from bot.directory.errors import PackageUnreadable
from bot.directory.listing import LONGEST_ID, Listing, build_listings
from bot.directory.nesting import Document, Nesting
from bot.directory.older import is_older, upgrade
from bot.directory.opening import require_marks
from bot.directory.package import read_package
from bot.directory.places import Places
from bot.directory.report import Report
from bot.directory.rows import Row
from bot.store.capacities import save_first_capacities
from bot.store.directory_imports import save_import
from bot.store.entries import claim_directory, find_changed_entries, overwrite_history
from bot.store.hidden_places import find_hidden_places, forget_open_past
from bot.store.staging import (
    copy_listings,
    merge_entries,
    note_differences,
    refresh,
    stage_entries,
)
from bot.store.tables import DirectoryImportRow, ServiceRow

#: Characters of all documents together. A directory of the whole country has a quarter of them.
MOST_WRITTEN_OUT = 2_000_000_000
TOO_MUCH = "becomes too large: so many services share a place or an organization with so much in it"

#: Is called after each entry that was put together.
Tell = Callable[[], None]


@dataclass(frozen=True)
class Package:
    """A package that was read. ``services`` are its rows, ``hidden`` what is confidential in it."""

    services: list[Row]
    nesting: Nesting
    hidden: Confidential
    listings: list[Listing]
    report: Report
    capacities: list[Mapping[str, Any]]

    def documents(self) -> Iterator[Document]:
        """One document for each service that was taken, put together one at a time."""
        offered = {one["id"] for one in self.listings}
        taken: set[str] = set()
        for row in self.services:
            if row.get("id") and row.get("id") not in taken:
                document = self.nesting.nest(row)
                if _is_sound(document, offered):
                    taken.add(document["id"])
                    yield mark_places(document, self.hidden.locations)

    def count(self) -> dict[str, int]:
        """For the record of the import: how much was taken, refused, and belongs to nothing."""
        return {
            "services": self.report.services,
            "refused": len(self.report.refused),
            "unlinked": self.nesting.count_unlinked(),
        }


def open_package(
    path: Path, places: Places, home_state: str | None = None, most: int = MOST_WRITTEN_OUT
) -> Package:
    """A package with everything that an import needs; nothing is changed.

    A town that several states have is taken to be the one in ``home_state``. ``most`` bounds the
    characters of all documents. Raises ``bot.directory.errors.PackageUnreadable``.
    """
    report = Report()
    tables = read_package(path, report)
    tables = upgrade(tables) if is_older(tables) else tables
    nesting = Nesting(tables)
    if nesting.count_characters() > most:
        raise PackageUnreadable(path, TOO_MUCH)
    listings = build_listings(tables, Areas(places, home_state), report)
    return Package(
        services=tables["services"],
        nesting=nesting,
        hidden=find_confidential(tables),
        listings=listings,
        report=report,
        capacities=list(parse_capacities(tables)),
    )


def parse_package(
    path: Path, places: Places, home_state: str | None = None
) -> tuple[list[Listing], Report]:
    """The services of a package and the report about it, for who only looks."""
    package = open_package(path, places, home_state)
    return package.listings, package.report


async def save_package(
    session: AsyncSession, package: Package, author: Author, *, file_name: str,
    own: bool = False, tell: Tell | None = None,
) -> uuid.UUID:  # fmt: skip
    """Put a package whose report is ``ok`` in the place of the whole directory, within the
    caller's transaction. Returns the import's id.

    Others go on reading the old one until then; another import waits for its turn. ``own``: it
    is the site's package, loaded by a start; any other raises ``OpensConfidential`` when it lacks
    a mark that is here.
    """
    await claim_directory(session)
    if not own:
        await require_marks(session, package)
    made = DirectoryImportRow(
        id=uuid.uuid4(), file_name=file_name, own=own, made_by=author.staff_id,
        made_at=author.now, report={},
    )  # fmt: skip
    await save_import(session, made)
    secret: list[str] = []
    newly_hidden = package.hidden.locations - await find_hidden_places(session)
    await stage_entries(session, _find_rows(package, secret, tell))
    by = (author.staff_id, author.now)
    made.report = package.count() | await note_differences(session, made.id, *by)
    await merge_entries(session, *by, drop_others=True)
    await _hide_past(session, made.id, secret)
    await forget_open_past(session, newly_hidden)
    await save_first_capacities(session, package.capacities)
    await replace_listings(session, package.listings)
    return made.id


async def replace_listings(session: AsyncSession, listings: Iterable[Listing]) -> None:
    """Put ``listings`` in the place of everything that is searched."""
    await session.execute(delete(ServiceRow))
    await copy_listings(session, listings)
    await refresh(session)


def _find_rows(
    package: Package, secret: list[str], tell: Tell | None
) -> Iterator[Mapping[str, Any]]:
    """A row for each document; ids of those with something confidential go into ``secret``."""
    for document in package.documents():
        held = package.hidden.locations.intersection(find_locations(document))
        if held or document["id"] in package.hidden.services:
            secret.append(document["id"])
        yield find_columns(document)
        if tell:
            tell()


async def _hide_past(session: AsyncSession, import_id: uuid.UUID, secret: Sequence[str]) -> None:
    """What was open before and is confidential now must not lie in the past, nor come back."""
    for change in await find_changed_entries(session, import_id, secret):
        before, after = change.before, change.after
        if before and after and becomes_confidential(before, after):
            await overwrite_history(session, change.entry_id, after)


def _is_sound(document: Document, offered: set[str]) -> bool:
    """Whether a service was taken: by a listing, or as one that is not offered now."""
    if is_offered(document):
        return not offered.isdisjoint(find_listing_ids(document))
    ids = [document["id"], find_organization(document)[0], *find_locations(document)]
    return bool(find_name(document) and ids[1]) and all(len(one) <= LONGEST_ID for one in ids)
