"""Passkeys of the staff, their public halves."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import PasskeyRow, StaffRow


async def find_passkeys(session: AsyncSession, staff_id: uuid.UUID) -> list[PasskeyRow]:
    """Every passkey of one account, the oldest first."""
    mine = select(PasskeyRow).where(PasskeyRow.staff_id == staff_id)
    return list(await session.scalars(mine.order_by(PasskeyRow.created_at)))


async def has_factor(session: AsyncSession, staff: StaffRow) -> bool:
    """Whether any second factor of an account was ever shown to work."""
    return staff.totp_secret is not None or bool(await find_passkeys(session, staff.id))


async def find_passkey(session: AsyncSession, credential_id: bytes) -> PasskeyRow | None:
    """One passkey, held until the transaction ends."""
    return await session.get(PasskeyRow, credential_id, with_for_update=True)


async def save_passkey(
    session: AsyncSession, staff_id: uuid.UUID, credential_id: bytes, public_key: bytes,
    sign_count: int, now: datetime,
) -> None:  # fmt: skip
    """A new passkey of an account."""
    session.add(
        PasskeyRow(
            credential_id=credential_id,
            staff_id=staff_id,
            public_key=public_key,
            sign_count=sign_count,
            label=now.date().isoformat(),
            created_at=now,
        )
    )
    await session.flush()


async def forget_passkeys(session: AsyncSession, staff_id: uuid.UUID) -> None:
    """An account that is begun anew has none."""
    await session.execute(delete(PasskeyRow).where(PasskeyRow.staff_id == staff_id))
