"""People: found by pseudonym, made on first contact, forgotten for good."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.handoffs import Ending
from bot.store.bookings import cancel_bookings_of
from bot.store.closed_handoffs import close_handoff
from bot.store.misread import forget_learning
from bot.store.referrals import forget_unreleased
from bot.store.sealed import seal, unseal
from bot.store.tables import (
    BookingRow,
    CareStepRow,
    ConsentRow,
    ContactRow,
    ConversationRow,
    CoverRow,
    FeedbackRow,
    HandoffRow,
    InboxRow,
    MemoryRow,
    OutboxRow,
    PersonRow,
    ReferralRow,
    ReminderRow,
    TaskRow,
)
from bot.store.tables.booking import BOOKED
from bot.vault.vault import PersonKey, Vault

#: A person made by the webhook is about to write; nobody younger than this is a stranger.
STRANGER_AFTER = timedelta(hours=1)

#: Consents to what stays when a talk is erased.
_OUTLAST_TALK = [
    kind.value
    for kind in (
        ConsentKind.REMEMBER,
        ConsentKind.SHARE,
        ConsentKind.SHARE_AGENCY,
        ConsentKind.LEARN,
    )
]
#: Whoever has any of these is no stranger.
_KEPT = (
    ConversationRow, ConsentRow, HandoffRow, OutboxRow, MemoryRow, CoverRow, ContactRow,
    CareStepRow, ReminderRow, FeedbackRow, TaskRow, ReferralRow,
)  # fmt: skip


async def find_person(session: AsyncSession, pseudonym: bytes) -> PersonRow | None:
    """The person behind ``pseudonym``, if they are known."""
    found = await session.scalars(select(PersonRow).where(PersonRow.pseudonym == pseudonym))
    return found.one_or_none()


async def get_person(session: AsyncSession, person_id: uuid.UUID) -> PersonRow | None:
    """The person with this id, if they are still known."""
    return await session.get(PersonRow, person_id)


async def save_person(session: AsyncSession, vault: Vault, channel: str, address: str) -> PersonRow:
    """The person at ``address``, made now if they are new. Safe against a race of two."""
    pseudonym = vault.pseudonym(channel, address)
    if person := await find_person(session, pseudonym):
        return person
    person_id = uuid.uuid4()
    wrapped = vault.make_key(str(person_id))
    key = vault.open_key(wrapped, str(person_id))
    await session.execute(
        insert(PersonRow)
        .values(
            id=person_id,
            pseudonym=pseudonym,
            channel=channel,
            address=seal(key, PersonRow, "address", person_id, address),
            wrapped_key=wrapped,
        )
        .on_conflict_do_nothing(index_elements=["pseudonym"])
    )
    found = await session.scalars(select(PersonRow).where(PersonRow.pseudonym == pseudonym))
    return found.one()


async def claim_person(session: AsyncSession, person_id: uuid.UUID) -> PersonRow | None:
    """The person, held until the transaction ends; messages may still come in meanwhile."""
    held = select(PersonRow).where(PersonRow.id == person_id).with_for_update(key_share=True)
    return (await session.scalars(held)).one_or_none()


def open_address(key: PersonKey, person: PersonRow) -> str:
    """The address of ``person`` in clear, for the moment of sending."""
    return unseal(key, PersonRow, "address", person.id, person.address)


async def forget_talk(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Erase the conversation, its consents, handoff, reminders and every word of a person.

    What was promised stays: an opt-out, and the hashes that recognise a replay. So does what the
    person decided to have beyond a talk: a memory under a passphrase, an appointment, steps
    agreed with the team, with their consents, a cover, and how they want to be written to.
    """
    await forget_quiet_talk(session, person_id)
    await forget_learning(session, person_id)


async def forget_quiet_talk(session: AsyncSession, person_id: uuid.UUID) -> None:
    """The same after a long silence: nobody left, so a consent to learn holds."""
    now = (await session.execute(select(func.now()))).scalar_one()
    await close_handoff(session, person_id, Ending.EXIT, now)
    await forget_conversation(session, person_id)


async def forget_conversation(session: AsyncSession, person_id: uuid.UUID) -> None:
    """The same, but for what the person left for the team."""
    for row in (ConversationRow, ReminderRow):
        await session.execute(delete(row).where(row.person_id == person_id))
    of_talk = ConsentRow.kind.not_in(_OUTLAST_TALK)
    await session.execute(delete(ConsentRow).where(ConsentRow.person_id == person_id, of_talk))
    await forget_unreleased(session, person_id)
    await session.execute(
        delete(TaskRow).where(TaskRow.person_id == person_id, TaskRow.made_by.is_not(None))
    )
    await forget_words(session, person_id)


async def forget_words(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Erase messages that wait and replies that have not left, and the words of all others."""
    await session.execute(
        update(InboxRow).where(InboxRow.person_id == person_id).values(words=None, state="done")
    )
    await session.execute(delete(OutboxRow).where(OutboxRow.person_id == person_id))


async def forget_person(session: AsyncSession, person_id: uuid.UUID) -> bool:
    """Destroy the person's key and row. ``False`` when there was nothing to forget.

    Appointments are given back, and taken off the providers' calendars.
    """
    await forget_talk(session, person_id)
    now = (await session.execute(select(func.now()))).scalar_one()
    await cancel_bookings_of(session, person_id, now)
    gone = await session.execute(
        delete(PersonRow).where(PersonRow.id == person_id).returning(PersonRow.id)
    )
    return gone.first() is not None


async def find_forgettable(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """People whose "forget me" is due."""
    due = select(PersonRow.id).where(PersonRow.forget_at <= now)
    return list(await session.scalars(due))


async def forget_strangers(session: AsyncSession, now: datetime) -> None:
    """Forget people of whom nothing is left but their address, and no appointment either."""
    nothing_left = [~exists().where(row.person_id == PersonRow.id) for row in _KEPT]
    booked = exists().where(BookingRow.person_id == PersonRow.id, BookingRow.state == BOOKED)
    open_message = exists().where(InboxRow.person_id == PersonRow.id, InboxRow.words.is_not(None))
    await session.execute(
        delete(PersonRow).where(
            PersonRow.created_at < now - STRANGER_AFTER, ~booked, ~open_message, *nothing_left
        )
    )


async def hold_writers(session: AsyncSession) -> None:
    """Wait for whoever is writing a person, and let nobody write one until the transaction ends."""
    await session.execute(text("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE"))


async def find_keys(session: AsyncSession) -> AsyncIterator[PersonRow]:
    """Every person, a batch at a time, to wrap their keys anew."""
    people = select(PersonRow).order_by(PersonRow.id).execution_options(yield_per=500)
    async for person in await session.stream_scalars(people):
        yield person
