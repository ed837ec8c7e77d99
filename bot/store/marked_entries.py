"""Entries that are marked as confidential somewhere, and what they and their places are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Text,
    any_,
    cast,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.entries import BY_NAME
from bot.store.open_entries import is_open
from bot.store.tables import EntryRow
from bot.store.tables.entry import HAS_MARK, HIDDEN_PLACES, IS_MARKED

_PLACES = "$.service_at_locations[*].location.id"
_OWN_MARK, _ORGANIZATIONS_MARK = (
    f"{owner}.attributes[*] ? ({HAS_MARK})" for owner in ("$", "$.organization")
)
_MARKED: ColumnElement[bool] = literal_column(IS_MARKED)


@dataclass(frozen=True)
class Marked:
    """What is confidential of an entry: those of its ``places`` (ids), itself, its organization.

    ``everywhere``: it has no other places.
    """

    id: str
    name: str
    organization_id: str
    places: frozenset[str]
    everywhere: bool
    itself: bool
    organization: bool


async def find_marked(session: AsyncSession) -> list[Marked]:
    """All marked entries by name. Each place that is confidential says so itself."""
    document = EntryRow.document
    found = select(
        EntryRow.id,
        EntryRow.name,
        EntryRow.organization_id,
        func.jsonb_path_query_array(document, cast(f"{HIDDEN_PLACES}.id", JSONPATH)),
        func.jsonb_path_query_array(document, cast(_PLACES, JSONPATH)),
        func.jsonb_path_exists(document, cast(_OWN_MARK, JSONPATH)),
        func.jsonb_path_exists(document, cast(_ORGANIZATIONS_MARK, JSONPATH)),
    ).where(_MARKED)
    rows = await session.execute(found.order_by(*BY_NAME))
    return [
        Marked(one, name, house, frozenset(hidden), 0 < len(hidden) == len(places), itself, marked)
        for one, name, house, hidden, places, itself, marked in rows
    ]


async def find_marked_state(session: AsyncSession) -> tuple[int, datetime | None]:
    """Differs after any change of a marked entry."""
    found = select(func.count(), func.max(EntryRow.changed_at)).where(_MARKED)
    count, changed = (await session.execute(found)).one()
    return count, changed


async def find_marked_names(session: AsyncSession) -> list[tuple[str, str]]:
    """Names of the marked entries that are not told, each with its entry's id.

    Those of the service are told when it has open places, too; those of the organization when
    another entry of it is open (:func:`find_told_names`).
    """
    document = EntryRow.document
    found = select(
        EntryRow.id,
        EntryRow.name,
        document["alternate_name"].astext,
        EntryRow.organization,
        document["organization"]["alternate_name"].astext,
        func.jsonb_path_query_array(document, cast(HIDDEN_PLACES, JSONPATH)),
        type_coerce(is_open(), Boolean),
    ).where(_MARKED)
    named: list[tuple[str, str]] = []
    for entry_id, name, other, house, other_house, places, opened in await session.execute(found):
        said: list[Any] = [house, other_house, *([] if opened else [name, other])]
        for place in places:
            said += [place.get("name"), place.get("alternate_name")]
        named += [(str(one), entry_id) for one in said if one]
    return named


async def find_told_names(session: AsyncSession, names: Collection[str]) -> frozenset[str]:
    """Those of the names, in lower case, that an open service or its organization bears too."""
    told: set[str] = set()
    looked_for = literal(sorted(names), ARRAY(Text))
    # The first has an index, of as many letters.
    for column in (func.lower(func.left(EntryRow.name, 80)), func.lower(EntryRow.organization)):
        found = select(column).distinct().where(column == any_(looked_for), is_open())
        told |= set(await session.scalars(found))
    return frozenset(told)
