"""Housekeeping: what a crash left lying is picked up, what is due is forgotten."""

from __future__ import annotations

import asyncio
import uuid
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.directory.sent_packages import forget_old_packages
from bot.store import (
    blocks,
    bookings,
    conversations,
    inbox,
    lanes,
    left_messages,
    memory,
    misread,
    outbox,
    people,
    practice,
    rehearsals,
    slots,
    step_counts,
    traces,
)
from bot.store.closed_handoffs import close_handoff
from bot.store.jobs import save_delivery, save_erasure, save_turn
from bot.store.sealed import open_person
from bot.store.tables import PersonRow
from bot.vault.errors import Unreadable
from bot.wire.snapshots import find_open_step
from worker.house import House

#: A message this old should have been answered; it waits for the engine or was left behind.
OVERDUE = timedelta(seconds=3)


async def wake_waiting(house: House) -> None:
    """Give everyone with an overdue message another turn, and let go what was held until now."""
    here = await house.engine.is_here()
    async with house.sessions.begin() as session:
        before = house.now() - OVERDUE
        for person_id in await inbox.find_overdue_people(session, before, engine_is_here=here):
            await save_turn(session, person_id)
        for person_id in await outbox.find_held(session, house.now()):
            await save_delivery(session, person_id)


async def forget_due(house: House) -> None:
    """Erase conversations, people, words and records whose time is over."""
    now = house.now()
    async with house.sessions.begin() as session:
        for person_id in await people.find_forgettable(session, now):
            await people.forget_person(session, person_id)
        await _forget_talks(house, session, now)
        await outbox.forget_shown_words(session, now)
        await inbox.forget_old_messages(session, now)
        await outbox.forget_old_replies(session, now)
        await misread.forget_old_misread(session, now)
        await people.forget_strangers(session, now)
        await traces.forget_old_traces(session, now)
        await memory.forget_expired_memories(session, now)
        await lanes.forget_free_lanes(session, now)
        await bookings.forget_expired_holds(session, now)
        await bookings.forget_past_bookings(session, now)
        await slots.forget_past_slots(session, now)
        await practice.forget_old_practice(session, now)
        await blocks.forget_old_blocks(session, now)
        await step_counts.forget_old_counts(session, now)
        await rehearsals.forget_old_rehearsals(session, now)
        await _erase_copies(house, session, now)
    await asyncio.to_thread(forget_old_packages, house.settings.home, now)


async def _forget_talks(house: House, session: AsyncSession, now: datetime) -> None:
    """A message for the team stays until they have read it, or may read it no more."""
    for person_id in await conversations.find_expired(session, now):
        await _count_left(house, session, person_id, now)
        if await left_messages.is_left(session, person_id, now):
            await people.forget_conversation(session, person_id)
        else:
            await people.forget_quiet_talk(session, person_id)
    for person_id in await left_messages.find_over(session, now):
        await close_handoff(session, person_id, Ending.EXIT, now)


async def _count_left(
    house: House, session: AsyncSession, person_id: uuid.UUID, now: datetime
) -> None:
    """Where a talk was left behind an open question, counted without the person."""
    person = await session.get(PersonRow, person_id)
    conversation = await conversations.find_conversation(session, person_id)
    if person is None or conversation is None:
        return
    try:
        snapshot = conversations.open_snapshot(open_person(house.vault, person), conversation)
    except Unreadable:  # what nobody can open is erased without being counted
        return
    if snapshot is not None and (step := find_open_step(snapshot)):
        await step_counts.count_step(session, step, step_counts.LEFT, now)


async def _erase_copies(house: House, session: AsyncSession, now: datetime) -> None:
    """Some vendors' copies are not to lie any longer than it takes to deliver them."""
    for channel, sender in house.senders.items():
        if sender.erase_after is not None:
            before = now - sender.erase_after
            for person_id in await traces.find_people_with_traces(session, channel, before):
                await save_erasure(session, person_id)
