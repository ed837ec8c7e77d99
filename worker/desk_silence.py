"""Every minute: nobody is left alone with somebody who was called away, and whoever waits knows
where they stand. Each person is told each of it once, and only while they are still there.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Iterable

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.care.waiting import are_hours
from bot.store import people
from bot.store.claims import count_ahead, find_forgotten, find_silent, give_back
from bot.store.conversations import find_conversation
from bot.store.desk_news import tell_desk
from bot.store.handoffs import find_handoff
from bot.store.outbox import save_replies
from bot.store.presence import is_there
from bot.store.said import find_said
from bot.store.sealed import open_person
from bot.store.staff_desk import LONGEST_SHIFT
from bot.store.tables import HandoffRow, PersonRow
from bot.store.tables.said import HOUSE
from bot.store.waits import find_unplaced, find_waiting_in
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply
from worker.desk import say_beside
from worker.house import House

log = structlog.get_logger()

#: What is done for one person, held together with their handoff.
Act = Callable[[House, AsyncSession, PersonRow, HandoffRow], Awaitable[None]]


async def mind_desk(house: House) -> None:
    """Give back, tell and close what is due, each person in a transaction of their own."""
    now, desk = house.now(), house.site.desk
    async with house.sessions() as session:
        silent = await find_silent(session, now - desk.silent_after)
        forgotten = await find_forgotten(session, now - LONGEST_SHIFT)
        closed = await find_waiting_in(session, _closed_languages(house))
        unplaced = await find_unplaced(session, now - desk.told_after)
    await _each(house, silent, _give_back)
    await _each(house, forgotten, _free_message)
    await _each(house, closed, _close)
    await _each(house, unplaced, _place)
    if silent or closed:
        log.info("desk.minded", count=len(silent) + len(closed))


async def _each(house: House, person_ids: Iterable[uuid.UUID], act: Act) -> None:
    """What was found may have changed meanwhile, so ``act`` looks again."""
    for person_id in person_ids:
        async with house.sessions.begin() as session:
            person = await people.claim_person(session, person_id)
            row = await find_handoff(session, person_id)
            if person is not None and row is not None and row.practice is None:
                await act(house, session, person, row)


async def _give_back(
    house: House, session: AsyncSession, person: PersonRow, row: HandoffRow
) -> None:
    """Whoever has not heard from the navigator yet does not know of them, and is told nothing."""
    before = house.now() - house.site.desk.silent_after
    if row.claimed_by is None or not row.unanswered_since or row.unanswered_since >= before:
        return
    await give_back(session, row)
    key = open_person(house.vault, person)
    lines = await find_said(session, key, person.id)
    if any(line.who != HOUSE for line in lines) and await _is_there(house, session, person, key):
        sentence = house.say("called_away", await _language(session, row))
        await say_beside(session, key, person.id, sentence, house.now())


async def _free_message(
    house: House, session: AsyncSession, person: PersonRow, row: HandoffRow
) -> None:
    """Whoever took it has gone home by now; the person waits for an answer, not at the screen."""
    before = house.now() - LONGEST_SHIFT
    if row.claimed_at is not None and row.claimed_at < before:
        await give_back(session, row)


async def _place(house: House, session: AsyncSession, person: PersonRow, row: HandoffRow) -> None:
    if not _waits(row) or row.placed_at is not None:
        return
    row.placed_at = house.now()
    ahead = await count_ahead(session, row)
    await _tell(house, session, person, row, "placed" if ahead else "placed_next", ahead=ahead)


async def _close(house: House, session: AsyncSession, person: PersonRow, row: HandoffRow) -> None:
    """The team has gone: the call stays in the line, and nobody waits for it any more."""
    if not _waits(row) or row.language not in _closed_languages(house):
        return
    row.how = Choice.MESSAGE.value
    await tell_desk(session, person.id)
    await _tell(house, session, person, row, "team_gone")


async def _tell(
    house: House, session: AsyncSession, person: PersonRow, row: HandoffRow, name: str,
    **known: object,
) -> None:  # fmt: skip
    key = open_person(house.vault, person)
    if await _is_there(house, session, person, key):
        sentence = house.say(name, await _language(session, row), **known)
        await save_replies(session, key, person.id, [Reply(sentence)])


async def _is_there(house: House, session: AsyncSession, person: PersonRow, key: PersonKey) -> bool:
    return await is_there(session, key, person.id, house.local_now())


async def _language(session: AsyncSession, row: HandoffRow) -> str:
    conversation = await find_conversation(session, row.person_id)
    return conversation.language if conversation else row.language


def _waits(row: HandoffRow) -> bool:
    return row.claimed_by is None and row.how == Choice.NOW.value


def _closed_languages(house: House) -> list[str]:
    site = house.site
    return [one for one in site.languages if not are_hours(site.teams, one, house.local_now())]
