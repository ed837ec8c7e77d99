"""A conversation played from its beginning, each message by the same code as everybody's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.exc import DBAPIError

from bot.care.retention import next_erasure
from bot.care.screen import Finding
from bot.store import conversations, inbox, outbox, people
from bot.store.sealed import open_person
from bot.store.tables.outbox import SENT
from bot.wire.inbound import Inbound
from bot.wire.turns import Reply, TurnAnswer, TurnRequest
from channels.storable import make_storable
from worker.errors import EngineAway
from worker.house import House
from worker.rehearsal.errors import InTheWay
from worker.rehearsal.room import Room, open_room
from worker.turn import MOST_TRIES, take_turns

#: Somebody else holds what the play needs.
_HELD = (DeadlockDetected, LockNotAvailable)


@dataclass(frozen=True)
class Talk:
    """What somebody says on a channel, who begins in a language."""

    channel: str
    language: str
    says: Sequence[str]


@dataclass(frozen=True)
class Heard:
    """One message and all that came of it. ``steps`` are the engine's; the snapshots are those
    before and after, ``None`` where there is no talk.
    """

    says: str
    finding: Finding | None
    steps: Sequence[tuple[TurnRequest, TurnAnswer]]
    replies: Sequence[Reply]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


async def play(house: House, talk: Talk) -> list[Heard]:
    """Play a whole talk. Raises :class:`InTheWay`, or ``EngineAway``."""
    async with open_room(house) as room:
        await _begin(room, talk)
        return [await _say(room, talk, text) for text in talk.says]


async def _begin(room: Room, talk: Talk) -> None:
    """A stranger's talk that is in their language from the first word."""
    house = room.house
    async with house.sessions.begin() as session:
        person = await people.save_person(session, house.vault, talk.channel, room.address)
        erase_at = next_erasure(house.now(), None)
        await conversations.start_conversation(session, person.id, talk.language, erase_at)


async def _say(room: Room, talk: Talk, text: str) -> Heard:
    house, before = room.house, await _read_snapshot(room, talk)
    room.clock.pause()
    room.engine.steps.clear()
    async with house.sessions.begin() as session:
        message = Inbound(talk.channel, uuid.uuid4().hex, room.address, make_storable(text))
        person = await inbox.save_inbound(session, house.vault, message)
        assert person is not None
    await _take(house, person.id)
    replies, after = await _deliver(house, person.id), await _read_snapshot(room, talk)
    finding = house.screen.look(text)
    return Heard(text, finding, tuple(room.engine.steps), replies, before, after)


async def _take(house: House, person_id: uuid.UUID) -> None:
    """As often as the queue would: the last failure is answered with an apology."""
    for _ in range(MOST_TRIES):
        try:
            await take_turns(house, person_id)
            break
        except Exception as error:
            if isinstance(error, DBAPIError) and isinstance(error.orig, _HELD):
                raise InTheWay from error
    async with house.sessions() as session:
        if await inbox.next_message(session, person_id, -1) is not None:
            raise EngineAway


async def _deliver(house: House, person_id: uuid.UUID) -> list[Reply]:
    """Take the replies as a vendor would; whoever wanted to be forgotten is, after the last."""
    replies = []
    async with house.sessions.begin() as session:
        person = await people.get_person(session, person_id)
        assert person is not None
        key = open_person(house.vault, person)
        while row := await outbox.next_open_reply(session, person_id):
            replies.append(outbox.open_reply(key, row))
            outbox.finish_reply(row, SENT)
            await session.flush()
        if person.forget_at is not None:
            await people.forget_person(session, person_id)
    return replies


async def _read_snapshot(room: Room, talk: Talk) -> Mapping[str, Any] | None:
    vault = room.house.vault
    async with room.house.sessions() as session:
        pseudonym = vault.pseudonym(talk.channel, room.address)
        person = await people.find_person(session, pseudonym)
        if person is None:
            return None
        row = await conversations.find_conversation(session, person.id)
        if row is None:
            return None
        return conversations.open_snapshot(open_person(vault, person), row)
