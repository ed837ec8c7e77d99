"""Consents of a person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import Consent, ConsentKind
from bot.store.tables import ConsentRow


async def save_consent(session: AsyncSession, person_id: uuid.UUID, consent: Consent) -> None:
    """Record what a person agrees to; agreeing again starts the time anew."""
    dates = {"granted_at": consent.granted_at, "expires_at": consent.expires_at, "revoked_at": None}
    await session.execute(
        insert(ConsentRow)
        .values(person_id=person_id, kind=consent.kind.value, **dates)
        .on_conflict_do_update(index_elements=["person_id", "kind"], set_=dates)
    )


async def revoke_consent(
    session: AsyncSession, person_id: uuid.UUID, kind: ConsentKind, now: datetime
) -> None:
    """Take back one consent; nothing happens if there was none."""
    await session.execute(
        update(ConsentRow)
        .where(ConsentRow.person_id == person_id, ConsentRow.kind == kind.value)
        .where(ConsentRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def find_consent(
    session: AsyncSession, person_id: uuid.UUID, kind: ConsentKind
) -> Consent | None:
    """The consent as it stands, which may be expired or revoked."""
    row = await session.get(ConsentRow, (person_id, kind.value))
    if row is None:
        return None
    return Consent(kind, row.granted_at, row.expires_at, row.revoked_at)
