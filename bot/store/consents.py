"""Consents of a person, and the guard before whatever needs one."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import Consent, ConsentKind, is_valid
from bot.store.errors import NoConsent
from bot.store.tables import ConsentRow


async def save_consent(session: AsyncSession, person_id: uuid.UUID, consent: Consent) -> None:
    """Record what a person agrees to; agreeing again starts the time anew."""
    values = {
        "granted_at": consent.granted_at,
        "expires_at": consent.expires_at,
        "revoked_at": None,
        "version": consent.version,
    }
    key = {"person_id": person_id, "kind": consent.kind.value, "agency": consent.agency}
    await session.execute(
        insert(ConsentRow)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )


async def revoke_consent(
    session: AsyncSession, person_id: uuid.UUID, kind: ConsentKind, now: datetime, agency: str = ""
) -> None:
    """Take back one consent; nothing happens if there was none."""
    await session.execute(
        update(ConsentRow)
        .where(ConsentRow.person_id == person_id, ConsentRow.kind == kind.value)
        .where(ConsentRow.agency == agency, ConsentRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def end_consents(session: AsyncSession, kind: ConsentKind, now: datetime) -> None:
    """End everybody's consent of a kind: what they said yes to is no longer what is done."""
    rows = update(ConsentRow).where(ConsentRow.kind == kind.value, ConsentRow.revoked_at.is_(None))
    await session.execute(rows.values(revoked_at=now))


async def find_consent(
    session: AsyncSession, person_id: uuid.UUID, kind: ConsentKind, agency: str = ""
) -> Consent | None:
    """The consent as it stands, which may be expired or revoked."""
    row = await session.get(ConsentRow, (person_id, kind.value, agency))
    return None if row is None else _consent(row)


async def find_consents(session: AsyncSession, person_id: uuid.UUID) -> list[Consent]:
    """Every consent of a person as it stands, the oldest first."""
    rows = select(ConsentRow).where(ConsentRow.person_id == person_id)
    return [_consent(row) for row in await session.scalars(rows.order_by(ConsentRow.granted_at))]


async def require_consent(
    session: AsyncSession, person_id: uuid.UUID, kind: ConsentKind, now: datetime, agency: str = ""
) -> None:
    """Stand before each use of what a consent covers. Raises :class:`NoConsent`."""
    if not is_valid(await find_consent(session, person_id, kind, agency), now):
        raise NoConsent(kind.value)


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        ConsentKind(row.kind),
        row.granted_at,
        row.expires_at,
        row.revoked_at,
        row.version,
        row.agency,
    )
