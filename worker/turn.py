"""The turn job: every open message of a person is answered, oldest first, once each.

Each message is one transaction: the replies, the next snapshot and the end of
the message are written together or not at all. A message that must wait for the
engine stays open; those behind it still pass the safety rules at once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.care.screen import Kind
from bot.store import inbox, people
from bot.store.tables.inbox import NEW
from bot.vault.errors import Unreadable
from worker.errors import EngineAway
from worker.house import House
from worker.moment import Moment, open_moment
from worker.obey import obey, obey_opt_out, obey_vendor
from worker.talk import answer_plainly, hold, talk

#: A message that fails this often is answered with an apology instead.
MOST_TRIES = 5


@dataclass(frozen=True)
class Taken:
    """One message looked at: where it stood, and whether it must wait for the engine."""

    position: int
    waits: bool


async def take_turns(house: House, person_id: uuid.UUID) -> None:
    """Take every open turn of one person."""
    taken: Taken | None = Taken(position=-1, waits=False)
    engine_away = False
    while taken is not None:
        taken = await _take_next(house, person_id, taken.position, engine_away)
        engine_away = engine_away or (taken is not None and taken.waits)


async def _take_next(
    house: House, person_id: uuid.UUID, after: int, engine_away: bool
) -> Taken | None:
    """Take one turn. A failure rolls it back and is counted; the last one gets an apology."""
    try:
        async with house.sessions.begin() as session:
            person = await people.claim_person(session, person_id)
            message = await inbox.next_message(session, person_id, after)
            if person is None or message is None:
                return None
            waits = await _answer(await open_moment(house, session, person, message), engine_away)
            return Taken(message.position, waits)
    except Exception as error:
        if not await _give_up(house, person_id, after, for_good=isinstance(error, Unreadable)):
            raise
        return Taken(after, waits=False)


async def _answer(moment: Moment, engine_away: bool) -> bool:
    """Answer one message; ``True`` when it must wait for the engine instead."""
    if moment.message.state != NEW or not await _answer_at_once(moment):
        try:
            if engine_away:
                raise EngineAway
            await talk(moment)
        except EngineAway:
            await hold(moment)
            return True
    inbox.finish(moment.message)
    return False


async def _answer_at_once(moment: Moment) -> bool:
    """Everything that is decided without the engine."""
    if await obey_vendor(moment):
        return True
    finding = moment.house.screen.look(moment.untrusted_text)
    if await obey_opt_out(moment, finding):
        return True
    if finding and finding.kind is not Kind.START:
        await obey(moment, finding)
        return True
    return await answer_plainly(moment)


async def _give_up(house: House, person_id: uuid.UUID, after: int, *, for_good: bool) -> bool:
    """Count a failure; ``True`` when the message is closed with an apology or in silence."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        message = await inbox.next_message(session, person_id, after)
        if person is None or message is None:
            return True
        message.tries += 1
        if message.tries < MOST_TRIES and not for_good:
            return False
        inbox.finish(message)
        if not for_good:
            moment = await open_moment(house, session, person, message)
            await moment.say("unreadable")
        return True
