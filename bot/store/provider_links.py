"""Links with which a provider looks after one entry: made by staff, good for 30 days."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ProviderLinkRow
from bot.store.tokens import hash_token

WORKS_FOR = timedelta(days=30)
#: Bytes of chance in a token.
_BYTES = 32


async def save_link(
    session: AsyncSession, entry_id: str, staff_id: uuid.UUID | None, now: datetime
) -> str:
    """A new link's token, which is kept nowhere; an earlier link of the same entry ends."""
    await end_links(session, entry_id, now)
    token = secrets.token_urlsafe(_BYTES)
    session.add(
        ProviderLinkRow(
            id=uuid.uuid4(),
            entry_id=entry_id,
            token_hash=hash_token(token),
            made_by=staff_id,
            made_at=now,
            expires_at=now + WORKS_FOR,
        )
    )
    await session.flush()
    return token


async def find_link(
    session: AsyncSession, untrusted_token: str, now: datetime
) -> ProviderLinkRow | None:
    """The link of a token; ``None`` when it is wrong, too old, or was ended."""
    wanted = ProviderLinkRow.token_hash == hash_token(untrusted_token)
    row = await session.scalar(select(ProviderLinkRow).where(wanted))
    return row if row and row.ended_at is None and row.expires_at > now else None


async def find_links(
    session: AsyncSession, entry_id: str, now: datetime
) -> Sequence[ProviderLinkRow]:
    """The links of an entry that work, the newest first."""
    works = (ProviderLinkRow.ended_at.is_(None), ProviderLinkRow.expires_at > now)
    rows = select(ProviderLinkRow).where(ProviderLinkRow.entry_id == entry_id, *works)
    return (await session.scalars(rows.order_by(ProviderLinkRow.made_at.desc()))).all()


async def end_links(session: AsyncSession, entry_id: str, now: datetime) -> None:
    """No link of an entry works from now on."""
    ended = update(ProviderLinkRow).where(
        ProviderLinkRow.entry_id == entry_id, ProviderLinkRow.ended_at.is_(None)
    )
    await session.execute(ended.values(ended_at=now))
