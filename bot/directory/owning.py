"""Whom a row of a table belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.directory.hsds import LINKABLE, LINKED, MARKED, OWNERS
from bot.directory.rows import Row

#: Whom rows of a table may belong to, where that is not anything; so no circle can be.
_OWNED_BY = {
    "contacts": frozenset(MARKED),
    "phones": frozenset({*MARKED, "contact"}),
    "programs": frozenset({"organization"}),
}


def find_owners(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Kind and id of everything that a row belongs to."""
    if table in LINKED:
        by_id, by_kind = LINKED[table]
        kind = row.get(by_kind).lower().removesuffix("s")
        kinds: Iterable[str] = (kind,) if kind in LINKABLE else MARKED
        yield from ((one, row.get(by_id)) for one in kinds if row.get(by_id))
        return
    for kind, column in OWNERS.items():
        if kind in _OWNED_BY.get(table, OWNERS) and row.get(column):
            yield kind, row.get(column)
