"""What the number pretends to be for a person, and the code word that opens it. Kept sealed."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.covers import names
from bot.store.sealed import seal, unseal
from bot.store.tables import CoverRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class ChosenCover:
    """A story by its name. ``locked``: the number answers only as that, until the code word."""

    name: str
    code_word: str = field(repr=False)
    locked: bool


async def save_cover(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, name: str, code_word: str
) -> None:
    """Keep a cover in the place of any older one, unlocked: the person is here right now.

    ``code_word`` is one that ``bot.care.covers.parse_code_word`` gave. Raises ``ValueError`` for
    a name that no story has.
    """
    if name not in names():
        raise ValueError(name)
    document = json.dumps({"name": name, "code_word": code_word})
    values = {"story": seal(key, CoverRow, "story", person_id, document), "locked": False}
    await session.execute(
        insert(CoverRow)
        .values(person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


async def find_cover(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> ChosenCover | None:
    """The cover that the person chose, if they did."""
    rows = select(CoverRow.story, CoverRow.locked).where(CoverRow.person_id == person_id)
    row = (await session.execute(rows)).one_or_none()
    if row is None:
        return None
    story, locked = row
    opened = json.loads(unseal(key, CoverRow, "story", person_id, story))
    return ChosenCover(opened["name"], opened["code_word"], locked)


async def lock_cover(session: AsyncSession, person_id: uuid.UUID) -> bool:
    """Let the number answer as its story alone. ``False`` when there is no cover."""
    return await _set_locked(session, person_id, locked=True)


async def unlock_cover(session: AsyncSession, person_id: uuid.UUID) -> bool:
    """Open the number again, after the code word. ``False`` when there is no cover."""
    return await _set_locked(session, person_id, locked=False)


async def forget_cover(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Delete the cover: the number is what it is."""
    await session.execute(delete(CoverRow).where(CoverRow.person_id == person_id))


async def _set_locked(session: AsyncSession, person_id: uuid.UUID, *, locked: bool) -> bool:
    turned = update(CoverRow).where(CoverRow.person_id == person_id).values(locked=locked)
    return (await session.execute(turned.returning(CoverRow.person_id))).first() is not None
