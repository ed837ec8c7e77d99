"""The inbox: each message is taken in once, and answered once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.jobs import find_busy_people, save_turn
from bot.store.people import save_person
from bot.store.sealed import open_person, seal, unseal
from bot.store.tables import InboxRow, PersonRow
from bot.store.tables.inbox import DONE, NEW, WAITING
from bot.store.traces import save_trace
from bot.vault.vault import PersonKey, Vault
from bot.wire.inbound import Inbound

#: How long a message's hash is kept to recognise a replay of it.
REPLAYS_KNOWN = timedelta(days=7)


async def save_inbound(session: AsyncSession, vault: Vault, inbound: Inbound) -> PersonRow | None:
    """Take in one message and the job that answers it; ``None`` if it was taken in before."""
    provider_key = vault.pseudonym(f"{inbound.channel}:message", inbound.provider_id)
    if await session.scalar(select(exists().where(InboxRow.provider_key == provider_key))):
        return None
    person = await save_person(session, vault, inbound.channel, inbound.untrusted_address)
    message_id = uuid.uuid4()
    key = open_person(vault, person)
    saved = await session.execute(
        insert(InboxRow)
        .values(
            id=message_id,
            provider_key=provider_key,
            person_id=person.id,
            words=seal(key, InboxRow, "words", message_id, inbound.untrusted_text),
            media_count=inbound.media_count,
            vendor_word=inbound.opt_out_type,
        )
        .on_conflict_do_nothing(index_elements=["provider_key"])
        .returning(InboxRow.id)
    )
    if saved.first() is None:
        return None
    if inbound.place_in_chat:
        await save_trace(session, key, person.id, inbound.place_in_chat)
    await save_turn(session, person.id)
    return person


async def next_message(session: AsyncSession, person_id: uuid.UUID, after: int) -> InboxRow | None:
    """The oldest open message of a person beyond position ``after``."""
    open_ones = (
        select(InboxRow)
        .where(InboxRow.person_id == person_id, InboxRow.state != DONE, InboxRow.position > after)
        .order_by(InboxRow.position)
        .limit(1)
    )
    return (await session.scalars(open_ones)).one_or_none()


def open_words(key: PersonKey, message: InboxRow) -> str:
    """What the person wrote, which is untrusted."""
    if message.words is None:
        return ""
    return unseal(key, InboxRow, "words", message.id, message.words)


def finish(message: InboxRow) -> None:
    """The message is answered: its words are needed no longer."""
    message.state, message.words = DONE, None


def hold(message: InboxRow) -> None:
    """The message has passed the safety rules and waits for the engine."""
    message.state = WAITING


async def find_recent_count(session: AsyncSession, person_id: uuid.UUID, since: datetime) -> int:
    """How many messages of a person came in after ``since``."""
    recent = select(func.count()).where(
        InboxRow.person_id == person_id, InboxRow.received_at >= since
    )
    return await session.scalar(recent) or 0


async def find_last_heard(session: AsyncSession, person_id: uuid.UUID) -> datetime | None:
    """When a person last wrote, as far back as replays are known."""
    newest = select(func.max(InboxRow.received_at)).where(InboxRow.person_id == person_id)
    return await session.scalar(newest)


async def find_overdue_people(
    session: AsyncSession, before: datetime, *, engine_is_here: bool
) -> list[uuid.UUID]:
    """Everyone with an open message that came in before ``before`` and no job to answer it.

    What waits for the engine is not overdue while the engine is away.
    """
    open_states = (NEW, WAITING) if engine_is_here else (NEW,)
    overdue = (
        select(InboxRow.person_id)
        .where(InboxRow.state.in_(open_states), InboxRow.received_at < before)
        .where(InboxRow.person_id.is_not(None))
        .distinct()
    )
    busy = await find_busy_people(session)
    return [person for person in await session.scalars(overdue) if person and person not in busy]


async def forget_old_messages(session: AsyncSession, now: datetime) -> None:
    """Remove what is answered and too old to be replayed."""
    old = InboxRow.received_at < now - REPLAYS_KNOWN
    await session.execute(delete(InboxRow).where(InboxRow.state == DONE, old))
