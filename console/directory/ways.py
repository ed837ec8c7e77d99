"""Addresses of the directory's pages, and what each of them asks of its entry."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from fastapi import HTTPException
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.entries import find_entry
from bot.store.tables import EntryRow
from console.house import House
from console.members import Member


def to_service(entry_id: str, told: str = "") -> RedirectResponse:
    """Back to the page of one service; ``told`` names the sentence that it begins with."""
    query = f"?{urlencode({'told': told})}" if told else ""
    return RedirectResponse(f"/directory/service/{quote(entry_id)}{query}", status_code=303)


async def require_entry(session: AsyncSession, untrusted_id: str) -> EntryRow:
    """The entry of this id. Raises 404."""
    row = await find_entry(session, untrusted_id)
    if row is None:
        raise HTTPException(404)
    return row


async def note(
    house: House, session: AsyncSession, member: Member, what: str, about: str = ""
) -> None:
    """Put an act into the audit log, by ids alone."""
    await save_audit(session, member.id, what, house.now(), about=about)


def find_today(house: House) -> date:
    """The day on the site's wall."""
    return house.now().astimezone(house.site.timezone).date()
