"""Places that are confidential now, taken out of what is kept of earlier times."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Text

from bot.store.tables import EntryChangeRow, EntryRow
from bot.store.tables.entry import HIDDEN_PLACES, IS_MARKED, OPEN_PLACES

#: Nobody holds such rows in this transaction.
_UNSEEN = {"synchronize_session": False}


async def find_hidden_places(session: AsyncSession) -> set[str]:
    """The ids of all places that are confidential now."""
    place_id = func.jsonb_path_query(
        EntryRow.document, cast(f"{HIDDEN_PLACES}.id", JSONPATH), type_=JSONB
    )
    found = select(place_id).distinct().where(literal_column(IS_MARKED))
    return set(await session.scalars(found))


async def forget_open_past(session: AsyncSession, location_ids: Collection[str]) -> None:
    """Keep nothing from when these places were open: neither of entries that have left them, nor
    of entries that are gone.

    An entry's document as it is now takes the place of such an earlier one. Of an entry that is
    gone the change itself goes, so that an import which took it away cannot be undone any more.
    """
    if not location_ids:
        return
    tells = {name: _tells(name, location_ids) for name in ("before", "after")}
    found = await session.scalars(select(EntryChangeRow.id).where(or_(*tells.values())))
    mine = EntryChangeRow.id.in_(found.all())
    for name, told in tells.items():
        rows = update(EntryChangeRow).where(mine, EntryChangeRow.entry_id == EntryRow.id, told)
        await session.execute(rows.values({name: EntryRow.document}), execution_options=_UNSEEN)
    gone = delete(EntryChangeRow).where(mine, or_(*tells.values()))
    await session.execute(gone, execution_options=_UNSEEN)


def _tells(column: str, location_ids: Collection[str]) -> ColumnElement[bool]:
    """Whether a change's document names one of the places as an open one."""
    found: Any = text(
        f"EXISTS (SELECT FROM jsonb_path_query(entry_change.{column}, cast(:open AS jsonpath))"
        " AS place(id) WHERE place.id #>> '{}' = ANY (:location_ids))"
    )
    ids = bindparam("location_ids", sorted(location_ids), type_=ARRAY(Text))
    return found.bindparams(ids, open=f"{OPEN_PLACES}.id")  # type: ignore[no-any-return]
