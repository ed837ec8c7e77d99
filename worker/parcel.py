"""A reply made ready to go: claimed in one transaction, committed before the vendor is called."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.contact import Drop, Send, Wait
from bot.store import inbox, outbox, people, traces
from bot.store.lanes import reserve_turn
from bot.store.sealed import open_person
from bot.store.tables import OutboxRow, PersonRow
from bot.store.tables.outbox import SENDING
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply
from worker.errors import TryLater
from worker.house import House
from worker.safe_contact import decide_wish, may_write_first
from worker.sender import Sender

#: How long a call of a killed worker may still be on its way to the vendor.
IN_FLIGHT = timedelta(seconds=3)


@dataclass(frozen=True)
class Parcel:
    """A reply ready to go.

    ``unsure`` when an earlier attempt left no word of its end; ``last_place`` is then the
    last message in the chat of which the place is known. ``in_window`` says whether the
    vendor still takes free text, and ``wanted`` whether the person may be written to at all.
    """

    outbox_id: uuid.UUID
    sender: Sender
    address: str
    reply: Reply
    unsure: bool
    last_place: str | None
    in_window: bool
    wanted: bool


@dataclass(frozen=True)
class NotYet:
    """The reply's turn on the vendor's lanes comes in ``seconds``."""

    seconds: float


async def claim_parcel(house: House, person_id: uuid.UUID) -> Parcel | NotYet | None:
    """The next reply. Person first, as in a turn, so that the two never wait for each other."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        row = await outbox.next_open_reply(session, person_id)
        if person is None or row is None:
            return None
        sender = house.senders.get(person.channel)
        if sender is None:
            raise TryLater
        unsure, now = row.state == SENDING, house.now()
        if unsure and row.tried_at and now - row.tried_at < IN_FLIGHT:
            raise TryLater
        key = open_person(house.vault, person)
        wish = await decide_wish(house, session, person, key, row)
        row.held_until = wish.until if isinstance(wish, Wait) else None
        if isinstance(wish, Wait):
            return None
        parcel = await _pack(house, session, sender, person, key, row, unsure=unsure, wish=wish)
        row.due_at = row.due_at or await _reserve(house, session, parcel)
        if row.due_at > now:
            return NotYet((row.due_at - now).total_seconds())
        # The turn is used up: another attempt waits for another one.
        row.due_at = None
        outbox.start_sending(row, now)
        return parcel


async def _pack(
    house: House, session: AsyncSession, sender: Sender, person: PersonRow, key: PersonKey,
    row: OutboxRow, *, unsure: bool, wish: Send | Drop,
) -> Parcel:  # fmt: skip
    known = await traces.find_traces(session, key, person.id, 1) if unsure else {}
    in_window = await _is_in_window(house, session, sender, person)
    return Parcel(
        outbox_id=row.id,
        sender=sender,
        address=people.open_address(key, person),
        reply=outbox.open_reply(key, row),
        unsure=unsure,
        last_place=next(iter(known.values()), None),
        in_window=in_window,
        wanted=isinstance(wish, Send)
        and (in_window or await may_write_first(house, session, person)),
    )


async def _is_in_window(
    house: House, session: AsyncSession, sender: Sender, person: PersonRow
) -> bool:
    if sender.window is None:
        return True
    heard_at = await inbox.find_last_heard(session, person.id)
    return heard_at is not None and house.now() - heard_at < sender.window


async def _reserve(house: House, session: AsyncSession, parcel: Parcel) -> datetime:
    lanes, cost = parcel.sender.lanes(parcel.address), parcel.sender.cost(parcel.reply)
    return await reserve_turn(session, house.vault, lanes, cost, house.now())
