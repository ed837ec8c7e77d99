"""Every message that leaves passes the person's wishes here, an answer that comes at once alone
excepted.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.contact import Drop, Send, Wait, decide_contact, decide_late_reply, decide_staff_reply
from bot.store import inbox
from bot.store.consents import find_consent
from bot.store.contacts import find_wishes
from bot.store.said import is_of_staff
from bot.store.tables import OutboxRow, PersonRow
from bot.vault.vault import PersonKey
from worker.house import House

#: A first message that could not leave for so long is of no use any more.
USEFUL_FOR = timedelta(hours=2)


async def decide_wish(
    house: House, session: AsyncSession, person: PersonRow, key: PersonKey, row: OutboxRow
) -> Send | Wait | Drop:
    """Whether this message may leave now, later, or never."""
    wishes = await find_wishes(session, key, person.id)
    now = house.local_now()
    if row.first:
        consented = await may_write_first(house, session, person)
        return decide_contact(wishes, consented, now, row.created_at + USEFUL_FOR)
    heard_at = await inbox.find_last_heard(session, person.id) or row.created_at
    if await is_of_staff(session, row.id):
        consented = await may_write_first(house, session, person)
        return decide_staff_reply(wishes, consented, heard_at, now)
    return decide_late_reply(wishes, heard_at, now)


async def may_write_first(house: House, session: AsyncSession, person: PersonRow) -> bool:
    """Whether the person has agreed to be written to first, and still does."""
    consent = await find_consent(session, person.id, ConsentKind.REMINDERS)
    return is_valid(consent, house.now())
