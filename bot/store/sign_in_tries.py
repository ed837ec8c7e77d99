"""Attempts to sign in, counted for an address of mail and for one of the network.

A try is counted before it is made, and taken off the count when it was right: so many
made at once are no more than the same made one after the other, and no database
connection waits while a password is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import SignInTryRow
from bot.vault.vault import Vault

WITHIN = timedelta(minutes=15)
#: Failures within that time before the door stays shut (NIST SP 800-63B-4, 3.2.2, allows 100).
MOST_FOR_ACCOUNT, MOST_FOR_NETWORK = 5, 30


@dataclass(frozen=True)
class Counted:
    """Whose tries are counted, as a keyed hash, and how many may fail."""

    whose: bytes
    most: int


def account_of(vault: Vault, email: str) -> Counted:
    """Of an account, whether there is one or not."""
    return Counted(vault.pseudonym("sign-in:account", email), MOST_FOR_ACCOUNT)


def network_of(vault: Vault, network: str) -> Counted:
    """Of a network address."""
    return Counted(vault.pseudonym("sign-in:network", network), MOST_FOR_NETWORK)


async def claim_try(
    session: AsyncSession, counted: Sequence[Counted], now: datetime
) -> tuple[int, ...] | None:
    """The positions of a try that may be made now; ``None`` when there were too many of late."""
    await _forget_old(session, now)
    for one in counted:
        await session.execute(select(func.pg_advisory_xact_lock(_lock(one))))
        failed = select(func.count()).where(SignInTryRow.whose == one.whose)
        if (await session.scalar(failed) or 0) >= one.most:
            return None
    rows = [SignInTryRow(whose=one.whose, failed_at=now) for one in counted]
    session.add_all(rows)
    await session.flush()
    return tuple(row.position for row in rows)


async def forget_try(session: AsyncSession, positions: Sequence[int]) -> None:
    """It was right, so it is no failure."""
    await session.execute(delete(SignInTryRow).where(SignInTryRow.position.in_(positions)))


async def forget_failures(session: AsyncSession, vault: Vault, email: str) -> None:
    """They signed in: the count of the account begins anew."""
    mine = SignInTryRow.whose == account_of(vault, email).whose
    await session.execute(delete(SignInTryRow).where(mine))


async def _forget_old(session: AsyncSession, now: datetime) -> None:
    """Remove what counts no longer; what somebody else removes at this moment is left to them."""
    old = select(SignInTryRow.position).where(SignInTryRow.failed_at <= now - WITHIN)
    free = old.with_for_update(skip_locked=True)
    await session.execute(delete(SignInTryRow).where(SignInTryRow.position.in_(free)))


def _lock(one: Counted) -> int:
    return int.from_bytes(one.whose[:8], "big", signed=True)
