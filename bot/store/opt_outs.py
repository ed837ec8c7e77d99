"""Who must not be written to again."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import OptOutRow


async def save_opt_out(session: AsyncSession, pseudonym: bytes) -> None:
    """Obey STOP."""
    await session.execute(insert(OptOutRow).values(pseudonym=pseudonym).on_conflict_do_nothing())


async def forget_opt_out(session: AsyncSession, pseudonym: bytes) -> None:
    """Obey START."""
    await session.execute(delete(OptOutRow).where(OptOutRow.pseudonym == pseudonym))


async def find_opt_out(session: AsyncSession, pseudonym: bytes) -> bool:
    """Whether this person said STOP and not START since."""
    return await session.get(OptOutRow, pseudonym) is not None
