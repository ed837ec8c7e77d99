"""The names that no text for strangers may hold, remembered for as long as they are true."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.confidential import find_confidential
from bot.directory.document import find_links, find_tables
from bot.directory.naming import Names, find_prose
from bot.directory.nesting import Document
from bot.store.entries import BY_NAME, NOT_OFFERED
from bot.store.marked_entries import find_marked_names, find_marked_state, find_told_names
from bot.store.tables import EntryRow

#: Seconds after which it is looked again whether others bear a name openly.
REMEMBERED = 60.0


@dataclass(frozen=True)
class Naming:
    """Texts of an entry name others that are confidential: ids of those by where it is said."""

    entry_id: str
    named: Mapping[str, frozenset[str]]


class HiddenNames:
    """One for each process. A change of a confidential entry counts at once."""

    def __init__(self) -> None:
        self._known: tuple[Any, float, Names] | None = None

    async def find(self, session: AsyncSession) -> Names:
        """The names as of now."""
        state, now = await find_marked_state(session), time.monotonic()
        if self._known is None or self._known[0] != state or self._known[1] < now - REMEMBERED:
            self._known = (state, now, await find_names(session))
        return self._known[2]


async def find_names(session: AsyncSession) -> Names:
    """Names of confidential services, their places and organizations, but for those that what is
    told bears too: they tell nothing.
    """
    named = await find_marked_names(session)
    told = await find_told_names(session, {name.lower() for name, _ in named})
    return Names((name, entry_id) for name, entry_id in named if name.lower() not in told)


async def find_all_namings(session: AsyncSession) -> list[Naming]:
    """What is offered and names what is confidential, by name."""
    names = await find_names(session)
    rows = select(EntryRow.id, EntryRow.document).where(EntryRow.status.not_in(NOT_OFFERED))
    rows = rows.order_by(*BY_NAME)
    found = await session.stream(rows.execution_options(yield_per=500))
    return [
        Naming(row.id, named) async for row in found if (named := find_namings(row.document, names))
    ]


def find_namings(document: Document, names: Names) -> dict[str, frozenset[str]]:
    """By field of the document, ids of the confidential entries that its texts name.

    What is confidential itself may name itself: nobody is told of it elsewhere.
    """
    named = {key: _find_named(told, names) for key, told in document.items()}
    if not any(named.values()):
        return {}
    hidden = find_confidential(find_tables(document))
    links = find_links(document)
    told = [one for one in links if _find_place(one) not in hidden.locations]
    if document["id"] in hidden.services or (links and not told):
        return {}
    named["service_at_locations"] = _find_named(told, names)
    return {key: ids for key, ids in named.items() if ids}


def _find_named(told: Any, names: Names) -> frozenset[str]:
    return frozenset(one for text in find_prose(told) for one in names.find(text))


def _find_place(link: Document) -> str:
    location = link.get("location")
    return str(location.get("id", "")) if isinstance(location, dict) else ""
