"""The deliver job: replies to the vendor, in order, and never twice knowingly.

Before the vendor is called, the attempt is committed. If a crash comes between
the call and our note of it, the next attempt asks the vendor what it took; the
status callback, whose path holds the reply's id, often settles it before that.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import outbox, people
from bot.store.opt_outs import save_opt_out
from bot.store.sealed import open_person
from bot.store.tables import OutboxRow, PersonRow
from bot.store.tables.outbox import FAILED, PENDING, SENDING, SENT
from bot.wire.outcomes import Later, Never, Outcome, Sent, Stopped
from bot.wire.turns import Reply
from worker.errors import TryLater
from worker.house import House

#: A reply that could not leave for so many attempts is given up.
MOST_TRIES = 20
#: How long a call of a killed worker may still be on its way to the vendor.
IN_FLIGHT = timedelta(seconds=3)
#: Clocks of two machines differ; look for an earlier copy from a little before.
CLOCKS_DIFFER = timedelta(minutes=2)


@dataclass(frozen=True)
class Parcel:
    """A reply ready to go. ``unsure`` when an earlier attempt left no word of its end."""

    outbox_id: uuid.UUID
    channel: str
    address: str
    reply: Reply
    unsure: bool


async def deliver_replies(house: House, person_id: uuid.UUID) -> None:
    """Deliver every open reply of a person.

    Raises :class:`TryLater` when the vendor cannot take one now; those behind it wait.
    """
    while parcel := await _claim(house, person_id):
        outcome = await _send(house, parcel)
        if not await _save_outcome(house, person_id, parcel.outbox_id, outcome):
            raise TryLater


async def _claim(house: House, person_id: uuid.UUID) -> Parcel | None:
    """The next reply. Person first, as in a turn, so that the two never wait for each other."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        row = await outbox.next_open_reply(session, person_id)
        if person is None or row is None:
            return None
        unsure, now = row.state == SENDING, house.now()
        if unsure and row.tried_at and now - row.tried_at < IN_FLIGHT:
            raise TryLater
        key = open_person(house.vault, person)
        outbox.start_sending(row, now)
        address = people.open_address(key, person)
        return Parcel(row.id, person.channel, address, outbox.open_reply(key, row), unsure)


async def _send(house: House, parcel: Parcel) -> Outcome:
    sender = house.senders.get(parcel.channel)
    if sender is None:
        return Later("channel off")
    if parcel.unsure:
        since = house.now() - CLOCKS_DIFFER
        found = await sender.find_sent(parcel.address, parcel.reply, since)
        if unclaimed := await _unclaimed(house, found):
            return Sent(unclaimed)
    callback = f"{house.settings.public_url}/twilio/status/{parcel.outbox_id}"
    return await sender.send(parcel.address, parcel.reply, callback)


async def _unclaimed(house: House, provider_ids: list[str]) -> str | None:
    """The vendor's message that no other reply of ours lays claim to."""
    async with house.sessions() as session:
        known = await outbox.find_provider_ids(session, provider_ids)
    return next((found for found in provider_ids if found not in known), None)


async def _save_outcome(
    house: House, person_id: uuid.UUID, outbox_id: uuid.UUID, outcome: Outcome
) -> bool:
    """Write down what came of it; ``False`` when the reply must be tried again."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        row = await outbox.find_reply(session, outbox_id)
        if person is None or row is None or row.state not in {PENDING, SENDING}:
            return True
        if isinstance(outcome, Later) and row.tries < MOST_TRIES:
            row.state = PENDING
            return False
        await _finish(session, person, row, outcome)
        if person.forget_at is not None and row.words is None:
            await people.forget_person(session, person.id)
        return True


async def _finish(
    session: AsyncSession, person: PersonRow, row: OutboxRow, outcome: Outcome
) -> None:
    match outcome:
        case Sent() if person.channel == "web":
            await outbox.show_reply(session, row)
        case Sent(provider_id):
            outbox.finish_reply(row, SENT, provider_id=provider_id)
        case Stopped():
            await save_opt_out(session, person.pseudonym)
            await people.forget_traces(session, person.id)
        case Later(reason) | Never(reason):
            outbox.finish_reply(row, FAILED, reason=reason)
