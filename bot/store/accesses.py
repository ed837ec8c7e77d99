"""Who was shown something of a person. The person may ask, and is told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.sealed import seal, unseal
from bot.store.tables import AccessRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Access:
    """One look: ``who`` saw ``what``, both fixed words or ids, never content."""

    who: str
    what: str
    seen_at: datetime


async def save_access(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, who: str, what: str, now: datetime
) -> None:
    """Note that ``who`` is shown ``what``, in the transaction that shows it."""
    access_id = uuid.uuid4()
    session.add(
        AccessRow(
            id=access_id,
            person_id=person_id,
            who=seal(key, AccessRow, "who", access_id, who),
            what=seal(key, AccessRow, "what", access_id, what),
            seen_at=now,
        )
    )
    await session.flush()


async def find_accesses(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> list[Access]:
    """Everything of a person that anybody was shown, the latest first."""
    rows = select(AccessRow).where(AccessRow.person_id == person_id)
    latest = rows.order_by(AccessRow.seen_at.desc(), AccessRow.id)
    return [_open(key, row) for row in await session.scalars(latest)]


def _open(key: PersonKey, row: AccessRow) -> Access:
    return Access(
        who=unseal(key, AccessRow, "who", row.id, row.who),
        what=unseal(key, AccessRow, "what", row.id, row.what),
        seen_at=row.seen_at,
    )
