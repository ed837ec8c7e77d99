"""Messages that nobody understood, as the team may see them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.errors import NoConsent
from bot.store.misread import SHOWN, Stripped, claim_misread, disclose_misread, find_misread
from bot.store.sealed import open_person
from bot.store.tables import MisreadRow, PersonRow
from bot.vault.errors import Unreadable
from bot.vault.vault import Vault


@dataclass(frozen=True)
class Shown:
    """One of them. Nothing of it says whose it is."""

    id: uuid.UUID
    message: Stripped


@dataclass(frozen=True)
class Page:
    """Some of them; ``after`` is the last one's id if more follow."""

    rows: tuple[Shown, ...]
    after: uuid.UUID | None


async def find_page(
    session: AsyncSession, vault: Vault, who: str, now: datetime, after: uuid.UUID | None
) -> Page:
    """A page for the member ``who``."""
    found = await find_misread(session, now, after)
    some = found[:SHOWN]
    shown = [await _show(session, vault, row, who, now) for row in some]
    more = some[-1].id if len(found) > SHOWN else None
    return Page(tuple(one for one in shown if one), more)


async def find_shown(
    session: AsyncSession, vault: Vault, row_id: uuid.UUID, who: str, now: datetime
) -> Shown | None:
    """One of them for the member ``who``; ``None`` when it is gone."""
    row = await claim_misread(session, row_id, now)
    return None if row is None else await _show(session, vault, row, who, now)


async def _show(
    session: AsyncSession, vault: Vault, row: MisreadRow, who: str, now: datetime
) -> Shown | None:
    """``None`` for what nobody can open, or may see, any more."""
    person = await session.get(PersonRow, row.person_id)
    if person is None:
        return None
    try:
        key = open_person(vault, person)
        return Shown(row.id, await disclose_misread(session, key, row, who, now))
    except (NoConsent, Unreadable):
        return None
