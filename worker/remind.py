"""Reminders: each passes the person's wishes, twice: when it is due, and when it leaves."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.contact import (
    ContactWishes,
    Drop,
    OwnWords,
    Send,
    Wait,
    decide_contact,
    render_reminder,
)
from bot.care.tasks import REMINDER_DROPPED
from bot.store import outbox, people
from bot.store.contacts import find_wishes
from bot.store.conversations import find_conversation
from bot.store.reminders import DROPPED, SENT, claim_reminder, find_due, finish_reminder, postpone
from bot.store.sealed import open_person
from bot.store.tables import PersonRow, ReminderRow
from bot.store.tasks import save_house_task
from bot.wire.turns import Reply
from worker.house import House
from worker.safe_contact import may_write_first


async def send_reminders(house: House) -> None:
    """Send, postpone or drop every reminder that is due, each in a transaction of its own."""
    async with house.sessions() as session:
        due = await find_due(session, house.now())
    for reminder_id in due:
        async with house.sessions.begin() as session:
            await _send_one(house, session, reminder_id)


async def _send_one(house: House, session: AsyncSession, reminder_id: uuid.UUID) -> None:
    """The person is claimed first, as everywhere, so that nobody waits in a circle."""
    seen = await session.get(ReminderRow, reminder_id)
    person = await people.claim_person(session, seen.person_id) if seen else None
    row = await claim_reminder(session, reminder_id)
    if row is None or person is None:
        return
    key = open_person(house.vault, person)
    wishes = await find_wishes(session, key, person.id)
    consented = await may_write_first(house, session, person)
    now = house.local_now()
    match decide_contact(wishes, consented, now, row.useful_until):
        case Wait(until):
            await postpone(session, row.id, until)
        case Drop(reason):
            await finish_reminder(session, row.id, DROPPED, reason)
            await save_house_task(session, person.id, REMINDER_DROPPED, house.now())
        case Send() if wishes is not None:
            text = await _text(house, session, person, wishes)
            await outbox.save_replies(session, key, person.id, [Reply(text)], first=True)
            await finish_reminder(session, row.id, SENT)


async def _text(
    house: House, session: AsyncSession, person: PersonRow, wishes: ContactWishes
) -> str:
    conversation = await find_conversation(session, person.id)
    language = conversation.language if conversation else house.site.default_language
    match render_reminder(wishes, language):
        case OwnWords(text):
            return text
        case sentence:
            return house.say(sentence.name, sentence.language)
