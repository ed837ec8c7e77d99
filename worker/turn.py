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
from worker.cover import answer_as_cover
from worker.desk import is_held, pass_to_navigator
from worker.errors import EngineAway
from worker.house import House
from worker.moment import Moment, open_moment
from worker.obey import obey, obey_opt_out, obey_vendor
from worker.talk import answer_plainly, hold, talk

#: A message that fails this often is answered with an apology instead.
MOST_TRIES = 5


@dataclass(frozen=True)
class Taken:
    """One message looked at: where it stood, and why it must be taken again, if so."""

    position: int
    failure: Exception | None = None


async def take_turns(house: House, person_id: uuid.UUID) -> None:
    """Take every open turn of one person.

    Behind a message that cannot be answered now, others still pass the safety rules.
    Raises the first failure in the end, so that the turns are taken again; that the
    engine is away is no failure, for the sweep knows who waits for it.
    """
    position, failure = -1, None
    while taken := await _take_next(house, person_id, position, engine_away=failure is not None):
        position = taken.position
        failure = failure or taken.failure
    if failure is not None and not isinstance(failure, EngineAway):
        raise failure


async def _take_next(
    house: House, person_id: uuid.UUID, after: int, *, engine_away: bool
) -> Taken | None:
    """Take one turn. A failure rolls it back and is counted; the last one gets an apology."""
    try:
        async with house.sessions.begin() as session:
            person = await people.claim_person(session, person_id)
            message = await inbox.next_message(session, person_id, after)
            if person is None or message is None:
                return None
            moment = await open_moment(house, session, person, message)
            waits = await _answer(moment, engine_away)
            return Taken(message.position, EngineAway() if waits else None)
    except Exception as error:
        return await _note_failure(house, person_id, after, error)


async def _answer(moment: Moment, engine_away: bool) -> bool:
    """Answer one message; ``True`` when it must wait for the engine instead."""
    if not await _answer_at_once(moment):
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
    """Everything that is decided without the engine.

    A message that waited for it has passed the safety rules; a navigator may have come meanwhile.
    """
    if moment.message.state != NEW:
        return await pass_to_navigator(moment, None)
    if await obey_vendor(moment):
        return True
    finding = moment.house.screen.look(moment.untrusted_text)
    if await obey_opt_out(moment, finding) or await answer_as_cover(moment, finding):
        return True
    if await pass_to_navigator(moment, finding):
        return True
    if finding and finding.kind is not Kind.START:
        await obey(moment, finding)
        return True
    return await answer_plainly(moment)


async def _note_failure(
    house: House, person_id: uuid.UUID, after: int, error: Exception
) -> Taken | None:
    """Count a failure; in the end the message is closed, with an apology if it could be read."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        message = await inbox.next_message(session, person_id, after)
        if person is None or message is None:
            return None
        position, unreadable = message.position, isinstance(error, Unreadable)
        message.tries += 1
        if message.tries < MOST_TRIES and not unreadable:
            return Taken(position, error)
        inbox.finish(message)
        if not unreadable:
            moment = await open_moment(house, session, person, message)
            if not await is_held(moment):
                await moment.say("unreadable")
        return Taken(position)
