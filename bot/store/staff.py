"""Accounts of the staff."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.sealed import seal, unseal
from bot.store.staff_sessions import end_sessions
from bot.store.tables import InvitationRow, StaffRow
from bot.vault.vault import Vault


@dataclass(frozen=True)
class Place:
    """Where somebody works here: their role, agency, team, and the languages they speak."""

    role: str
    agency: str = ""
    team: str = ""
    languages: Sequence[str] = ("en",)


def parse_email(untrusted_email: str) -> str:
    """An address as accounts keep it."""
    return untrusted_email.strip().lower()


async def has_staff(session: AsyncSession) -> bool:
    """Whether anybody has an account."""
    return bool(await session.scalar(select(exists().where(StaffRow.disabled_at.is_(None)))))


async def find_staff(session: AsyncSession, email: str) -> StaffRow | None:
    """The account of an address, disabled ones too."""
    if "\0" in email:  # which PostgreSQL keeps in no text
        return None
    found = await session.scalars(select(StaffRow).where(StaffRow.email == parse_email(email)))
    return found.one_or_none()


async def find_all_staff(session: AsyncSession) -> list[StaffRow]:
    """Every account, by name."""
    return list(await session.scalars(select(StaffRow).order_by(StaffRow.name, StaffRow.email)))


async def save_staff(
    session: AsyncSession, email: str, name: str, password_hash: str, place: Place
) -> StaffRow:
    """The account of an address: made, or begun anew with this password and no second factor."""
    row = await find_staff(session, email)
    if row is None:
        row = StaffRow(id=uuid.uuid4(), email=parse_email(email))
        session.add(row)
    row.name, row.password_hash, row.totp_secret, row.totp_step = name, password_hash, None, 0
    row.role, row.agency, row.team = place.role, place.agency, place.team
    row.languages, row.disabled_at = list(place.languages), None
    await session.flush()
    await end_sessions(session, row.id)
    return row


async def disable_staff(session: AsyncSession, row: StaffRow, now: datetime) -> None:
    """No way in any more: in no browser, and by no invitation from before."""
    row.disabled_at, row.at_desk_since = now, None
    await end_sessions(session, row.id)
    await session.execute(delete(InvitationRow).where(InvitationRow.email == row.email))


def keep_totp(vault: Vault, row: StaffRow, secret: str) -> None:
    """Keep the secret of an authenticator app, sealed by the house."""
    row.totp_secret = seal(vault.house_key(), StaffRow, "totp_secret", row.id, secret)


def open_totp(vault: Vault, row: StaffRow) -> str | None:
    """The secret of the authenticator app, if one was shown to work."""
    if row.totp_secret is None:
        return None
    return unseal(vault.house_key(), StaffRow, "totp_secret", row.id, row.totp_secret)
