"""Invitations: a link that makes one account, once, within three days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.staff import Place, parse_email
from bot.store.tables import InvitationRow
from bot.store.tokens import hash_token

WORKS_FOR = timedelta(hours=72)


async def save_invitation(session: AsyncSession, email: str, place: Place, now: datetime) -> str:
    """A new link's token; earlier ones of the same address end."""
    await session.execute(delete(InvitationRow).where(InvitationRow.email == parse_email(email)))
    token = secrets.token_urlsafe(32)
    session.add(
        InvitationRow(
            token_hash=hash_token(token),
            email=parse_email(email),
            role=place.role,
            agency=place.agency,
            team=place.team,
            languages=list(place.languages),
            expires_at=now + WORKS_FOR,
        )
    )
    await session.flush()
    return token


async def find_invitation(
    session: AsyncSession, untrusted_token: str, now: datetime, *, hold: bool = False
) -> InvitationRow | None:
    """The invitation behind a link that still works; ``hold`` keeps a second use waiting."""
    mine = InvitationRow.token_hash == hash_token(untrusted_token)
    found = select(InvitationRow).where(mine, InvitationRow.expires_at > now)
    return (await session.scalars(found.with_for_update() if hold else found)).one_or_none()
