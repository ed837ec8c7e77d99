"""Safe-contact wishes of a person, kept sealed. They outlive EXIT."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.contact import ContactWishes
from bot.store.sealed import seal, unseal
from bot.store.tables import ContactRow
from bot.vault.vault import PersonKey


async def save_wishes(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    wishes: ContactWishes,
    now: datetime,
) -> None:
    """Keep the wishes in the place of any older ones."""
    document = json.dumps(wishes.to_json(), separators=(",", ":"))
    values = {
        "wishes": seal(key, ContactRow, "wishes", person_id, document),
        "changed_at": now,
    }
    await session.execute(
        insert(ContactRow)
        .values(person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


async def find_wishes(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> ContactWishes | None:
    """How the person may be written to; ``None`` when they have not said."""
    kept = select(ContactRow.wishes).where(ContactRow.person_id == person_id)
    sealed = await session.scalar(kept)
    if sealed is None:
        return None
    opened = unseal(key, ContactRow, "wishes", person_id, sealed)
    return ContactWishes.from_json(json.loads(opened))


async def forget_wishes(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Delete the wishes: from now on the house never writes first."""
    await session.execute(delete(ContactRow).where(ContactRow.person_id == person_id))
