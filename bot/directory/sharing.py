"""What entries share: an organization or a location is the same in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.confidential import find_confidential
from bot.directory.deriving import Changed
from bot.directory.document import (
    find_links,
    find_locations,
    find_organization,
    find_tables,
    mark_places,
    with_marks_of,
)
from bot.directory.nesting import Document
from bot.store.entries import find_sharing


@dataclass(frozen=True)
class Shared:
    """Organizations and locations that one edit changes, by id."""

    organizations: dict[str, Document]
    locations: dict[str, Document]


def find_shared(change: Changed) -> Shared:
    """What others have to take over from a changed document."""
    organization_id = find_organization(change.after)[0]
    organization = change.after.get("organization")
    is_same = change.before is not None and change.before.get("organization") == organization
    before = find_locations(change.before or {})
    return Shared(
        {organization_id: organization} if organization_id and organization and not is_same else {},
        {key: one for key, one in find_locations(change.after).items() if before.get(key) != one},
    )


def apply_shared(document: Document, shared: Shared) -> Document:
    """The document with what it shares as it is now."""
    taken = dict(document)
    if (organization_id := find_organization(document)[0]) in shared.organizations:
        taken["organization"] = shared.organizations[organization_id]
    if links := find_links(document):
        taken["service_at_locations"] = [_apply(link, shared) for link in links]
    return mark_places(taken, find_confidential(find_tables(taken)).locations)


def keep_marks(change: Changed, others: Iterable[Document]) -> Changed:
    """The change in which what is new to this entry, and confidential in another, stays so.

    Only who saw a mark takes it away, and not somebody who writes the same place out anew.
    """
    before = change.before or {}
    known = find_locations(before).keys()
    organization_id = find_organization(change.after)[0]
    is_new = find_organization(before)[0] != organization_id
    after = change.after
    for other in others:
        hidden = find_confidential(find_tables(other)).locations - known
        after = mark_places(after, hidden)
        if is_new and find_organization(other)[0] == organization_id:
            held = {**after["organization"]}
            after = {**after, "organization": with_marks_of(held, other["organization"])}
    return Changed(change.before, after)


async def spread_shared(session: AsyncSession, change: Changed) -> list[Changed]:
    """The change itself, and that of every entry which shares what it changes.

    A place that is confidential in one of them is so in all, so this goes on until nothing
    follows any more; only marks are added on the way.
    """
    shared = find_shared(change)
    change = keep_marks(change, await _find_others(session, shared, {}))
    changes = {change.after["id"]: change}
    waiting = [find_shared(change)]
    while waiting:
        shared = waiting.pop()
        for document in await _find_others(session, shared, changes):
            after = apply_shared(document, shared)
            waiting += _find_marked(after, shared)
            if after != document:
                known = changes.get(document["id"])
                changes[document["id"]] = Changed(known.before if known else document, after)
                waiting.append(find_shared(Changed(document, after)))
    return list(changes.values())


async def _find_others(
    session: AsyncSession, shared: Shared, changes: dict[str, Changed]
) -> list[Document]:
    """The documents that share something, as they are after what is known already."""
    if not shared.organizations and not shared.locations:
        return []
    rows = await find_sharing(session, list(shared.organizations), list(shared.locations))
    stored = {row.id: row.document for row in rows}
    return list((stored | {entry_id: one.after for entry_id, one in changes.items()}).values())


def _find_marked(after: Document, shared: Shared) -> list[Shared]:
    """Places that are confidential because of what only this entry says."""
    locations = find_locations(after).items()
    marked = {key: one for key, one in locations if shared.locations.get(key, one) != one}
    return [Shared({}, marked)] if marked else []


def _apply(link: Document, shared: Shared) -> Document:
    location = link.get("location")
    known = shared.locations.get(location.get("id", "")) if isinstance(location, dict) else None
    return link if known is None else {**link, "location": known}
