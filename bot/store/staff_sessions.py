"""Browsers that are signed in: short, ended by the server, known by a hash alone."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import StaffRow, StaffSessionRow
from bot.store.tokens import hash_token

#: OWASP ASVS 5, V7.3: an end after idleness, and one in any case.
IDLE_END, FINAL_END = timedelta(minutes=30), timedelta(hours=12)
#: What shows nothing new of the browser need not be written down again.
_SEEN_EVERY = timedelta(minutes=1)
#: Between the two parts of a token, each of 256 random bits; no part holds one.
_JOINT = "."


def find_lasting(untrusted_token: str) -> str:
    """The part of a token that stays while the session does; the other is new at each renewal."""
    return untrusted_token.partition(_JOINT)[0]


async def start_session(
    session: AsyncSession, staff_id: uuid.UUID, now: datetime, *, proven: bool
) -> str:
    """The token of a new session. ``proven``: both factors were shown just now."""
    token = _make_token(secrets.token_urlsafe(32))
    session.add(
        StaffSessionRow(
            token_hash=hash_token(token),
            staff_id=staff_id,
            started_at=now,
            seen_at=now,
            proven_at=now if proven else None,
        )
    )
    await session.flush()
    return token


async def find_session(
    session: AsyncSession, untrusted_token: str, now: datetime
) -> tuple[StaffSessionRow, StaffRow] | None:
    """A session that has not ended, and whose it is."""
    found = await session.execute(
        select(StaffSessionRow, StaffRow)
        .join(StaffRow, StaffRow.id == StaffSessionRow.staff_id)
        .where(StaffSessionRow.token_hash == hash_token(untrusted_token))
        .where(StaffSessionRow.seen_at > now - IDLE_END)
        .where(StaffSessionRow.started_at > now - FINAL_END, StaffRow.disabled_at.is_(None))
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])


def note_seen(row: StaffSessionRow, now: datetime) -> None:
    """The browser was heard of again."""
    if now - row.seen_at > _SEEN_EVERY:
        row.seen_at = now


async def renew_session(session: AsyncSession, untrusted_token: str, now: datetime) -> str:
    """A new token for a session whose password was shown again; its end stays where it was."""
    token = _make_token(find_lasting(untrusted_token))
    mine = StaffSessionRow.token_hash == hash_token(untrusted_token)
    fresh = {"token_hash": hash_token(token), "proven_at": now, "seen_at": now}
    await session.execute(update(StaffSessionRow).where(mine).values(fresh))
    return token


async def end_session(session: AsyncSession, untrusted_token: str) -> None:
    """Signed out."""
    mine = StaffSessionRow.token_hash == hash_token(untrusted_token)
    await session.execute(delete(StaffSessionRow).where(mine))


async def end_sessions(session: AsyncSession, staff_id: uuid.UUID) -> None:
    """Signed out in every browser."""
    await session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))


async def forget_ended_sessions(session: AsyncSession, now: datetime) -> None:
    """Remove what opens nothing any more."""
    idle = StaffSessionRow.seen_at <= now - IDLE_END
    ended = StaffSessionRow.started_at <= now - FINAL_END
    await session.execute(delete(StaffSessionRow).where(or_(idle, ended)))


def _make_token(lasting: str) -> str:
    return f"{lasting}{_JOINT}{secrets.token_urlsafe(32)}"
