"""Whether somebody is still there, so that what they did not ask for does no harm."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.contact import Send, decide_late_reply, decide_staff_reply, is_silence_long
from bot.store import inbox
from bot.store.contacts import find_wishes
from bot.store.covers import find_cover
from bot.vault.vault import PersonKey


async def is_there(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, local_now: datetime
) -> bool:
    """Whether the person wrote lately, has no closed cover, and may be written to at this minute.

    What would have to wait for a better hour says nothing true by then. ``local_now`` has the
    site's time zone.
    """
    heard_at = await inbox.find_last_heard(session, person_id)
    if heard_at is None or is_silence_long(heard_at, local_now):
        return False
    wishes = await find_wishes(session, key, person_id)
    may_come = isinstance(decide_late_reply(wishes, heard_at, local_now), Send)
    return may_come and not await _is_covered(session, key, person_id)


async def would_hear(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, local_now: datetime
) -> bool:
    """Whether a navigator's words would be an answer at this minute, and not come out of the blue.

    So no consent to be written to first counts. ``local_now`` has the site's time zone.
    """
    heard_at = await inbox.find_last_heard(session, person_id)
    if heard_at is None:
        return False
    wishes = await find_wishes(session, key, person_id)
    decided = decide_staff_reply(wishes, consented=False, written_at=heard_at, now=local_now)
    return isinstance(decided, Send) and not await _is_covered(session, key, person_id)


async def _is_covered(session: AsyncSession, key: PersonKey, person_id: uuid.UUID) -> bool:
    """Whether the number is to pass for something else until the code word."""
    cover = await find_cover(session, key, person_id)
    return cover is not None and cover.locked
