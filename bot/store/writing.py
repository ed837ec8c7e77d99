"""The sign that a navigator writes: whom it may be shown to, and where a vendor has to be asked.

It says that somebody writes, never what. It is shown now or not at all: later it is not true.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.jobs import save_sign
from bot.store.lanes import take_free_turn
from bot.store.opt_outs import find_opt_out
from bot.store.presence import would_hear
from bot.store.tables import DraftRow, HandoffRow, PersonRow
from bot.vault.vault import PersonKey, Vault
from bot.wire.lanes import Lane

#: Somebody who writes saves a draft about every second; a thought between two sentences takes
#: some more. After so long without a change they have stopped.
STILL_WRITES = timedelta(seconds=6)
#: Channels whose vendor shows the sign when asked. A web page looks for itself.
SHOWN_BY_VENDOR = frozenset({"telegram"})
#: Seconds that Telegram shows a sign: https://core.telegram.org/bots/api#sendchataction
SIGN_LASTS = 5


async def is_writing(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> bool:
    """Whether somebody who talks with the person has changed a draft for them just now."""
    talks = or_(
        HandoffRow.claimed_by == DraftRow.staff_id, HandoffRow.joined_by == DraftRow.staff_id
    )
    drafts = exists().where(
        HandoffRow.person_id == person_id,
        HandoffRow.claimed_by.is_not(None),
        DraftRow.person_id == person_id,
        DraftRow.changed_at > now - STILL_WRITES,
        talks,
    )
    return bool(await session.scalar(select(drafts)))


async def sees_writing(
    session: AsyncSession, key: PersonKey, person: PersonRow, local_now: datetime
) -> bool:
    """Whether the person is to see now that a navigator writes.

    Only where what is written would be sent this minute. ``local_now`` has the site's time zone.
    """
    if not await is_writing(session, person.id, local_now):
        return False
    if await find_opt_out(session, person.pseudonym):
        return False
    return await would_hear(session, key, person.id, local_now)


async def ask_for_sign(
    session: AsyncSession, vault: Vault, person: PersonRow, now: datetime
) -> None:
    """Where a vendor shows the sign, a job that asks for it, once in the time that it lasts."""
    lane = Lane(f"sign:{person.id}", 1 / SIGN_LASTS)
    if person.channel in SHOWN_BY_VENDOR and await take_free_turn(session, vault, lane, now):
        await save_sign(session, person.id)
