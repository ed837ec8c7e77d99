"""Whose service it is: an organization that is known, one by a new name, or a new one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.document import find_organization
from bot.directory.nesting import Document
from bot.store.entry_pages import count_siblings, find_of_organization
from bot.store.tables import EntryRow
from console.directory.typed import Typed


@dataclass(frozen=True)
class Unclear:
    """Another name stands there, and it cannot be known what is meant by it."""

    sentence: str


async def choose_organization(
    session: AsyncSession, row: EntryRow | None, typed: Typed
) -> Document | Unclear:
    """The organization's object for the entry, as the form wants it."""
    there: Document = (row.document.get("organization") or {}) if row else {}
    name = typed.organization
    if row and name == find_organization(row.document)[1]:
        return there
    known = await find_of_organization(session, name)
    if known and (row is None or known.organization_id != row.organization_id):
        found: Document = known.document["organization"]
        return found
    if row is None or typed.organization_as == "new":
        return {"id": str(uuid.uuid4()), "name": name}
    others = await count_siblings(session, row.id, row.organization_id)
    if others and typed.organization_as != "renamed":
        more = "1 other service" if others == 1 else f"{others} other services"
        return Unclear(f"This name is new, and {there.get('name')} has {more}. What is meant?")
    return {**there, "name": name}
