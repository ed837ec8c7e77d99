"""The deliver job: replies to the vendor, in order, and never twice knowingly.

Before the vendor is called, the attempt is committed. If a crash comes between
the call and our note of it, the next attempt asks the vendor what it took; the
status callback, whose path holds the reply's id, often settles it before that.
"""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import outbox, people, traces
from bot.store.failures import follow_failure
from bot.store.jobs import save_erasure
from bot.store.said import tell_of_reply
from bot.store.sealed import open_person
from bot.store.tables import OutboxRow, PersonRow
from bot.store.tables.outbox import FAILED, PENDING, SENDING, SENT
from bot.store.traces import save_trace
from bot.wire.outcomes import Later, Never, Outcome, Sent, Stopped
from worker.errors import TryLater
from worker.house import House
from worker.parcel import NotYet, Parcel, claim_parcel

#: A reply that could not leave for so many attempts is given up.
MOST_TRIES = 20
#: Seconds that a job waits for its turn itself.
SHORT_WAIT = 1.5
#: Clocks of two machines differ; look for an earlier copy from a little before.
CLOCKS_DIFFER = timedelta(minutes=2)


async def deliver_replies(house: House, person_id: uuid.UUID) -> None:
    """Deliver every open reply of a person.

    Raises :class:`TryLater` when the vendor cannot take one now; those behind it wait.
    """
    while parcel := await claim_parcel(house, person_id):
        if isinstance(parcel, NotYet):
            await _wait(parcel)
            continue
        outcome = await _send(house, parcel)
        if not await _save_outcome(house, person_id, parcel, outcome):
            raise TryLater(outcome.seconds if isinstance(outcome, Later) else None)


async def _wait(turn: NotYet) -> None:
    """A short wait is waited out; a longer one would keep others from their jobs."""
    if turn.seconds > SHORT_WAIT:
        raise TryLater(turn.seconds)
    await asyncio.sleep(turn.seconds)


async def _send(house: House, parcel: Parcel) -> Outcome:
    if not parcel.wanted:
        return Never("nobody may write first", tell=True)
    if parcel.unsure:
        since = house.now() - CLOCKS_DIFFER
        found = await parcel.sender.find_sent(
            parcel.address, parcel.reply, since, parcel.last_place
        )
        if unclaimed := await _unclaimed(house, found):
            return Sent(unclaimed)
    callback = f"{house.settings.public_url}/twilio/status/{parcel.outbox_id}"
    return await parcel.sender.send(
        parcel.address, parcel.reply, callback, in_window=parcel.in_window
    )


async def _unclaimed(house: House, provider_ids: list[str]) -> str | None:
    """The vendor's message that no other reply of ours lays claim to."""
    async with house.sessions() as session:
        known = await outbox.find_provider_ids(session, provider_ids)
    return next((found for found in provider_ids if found not in known), None)


async def _save_outcome(
    house: House, person_id: uuid.UUID, parcel: Parcel, outcome: Outcome
) -> bool:
    """Write down what came of it; ``False`` when the reply must be tried again."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        row = await outbox.find_reply(session, parcel.outbox_id)
        if person is None:
            return True
        if row is None:
            await _erase_late(house, session, person, outcome)
            return True
        if row.state not in {PENDING, SENDING}:
            return True
        if isinstance(outcome, Later) and row.tries < MOST_TRIES:
            row.state = SENDING if outcome.unsure else PENDING
            return False
        await _finish(house, session, person, row, outcome)
        await tell_of_reply(session, row.id)
        if person.forget_at is not None and row.words is None:
            await _forget(session, person)
        return True


async def _erase_late(
    house: House, session: AsyncSession, person: PersonRow, outcome: Outcome
) -> None:
    """The person left while this reply was on its way: it must go from the screen too."""
    if isinstance(outcome, Sent) and outcome.provider_id:
        key = open_person(house.vault, person)
        await save_trace(session, key, person.id, outcome.provider_id)
        await save_erasure(session, person.id)


async def _forget(session: AsyncSession, person: PersonRow) -> None:
    """The last word has left; what still stands on a screen is taken off first."""
    if await traces.has_traces(session, person.id):
        await save_erasure(session, person.id)
    else:
        await people.forget_person(session, person.id)


async def _finish(
    house: House, session: AsyncSession, person: PersonRow, row: OutboxRow, outcome: Outcome
) -> None:
    match outcome:
        case Sent() if person.channel == "web":
            await outbox.show_reply(session, row)
        case Sent(provider_id):
            await _save_sent(house, session, person, row, provider_id)
        case Later(reason) | Never(reason) | Stopped(reason):
            outbox.finish_reply(row, FAILED, reason=reason)
            await follow_failure(session, person.id, outcome, house.now())


async def _save_sent(
    house: House, session: AsyncSession, person: PersonRow, row: OutboxRow, provider_id: str
) -> None:
    """Where a screen can be cleared, the vendor's id lies sealed with the traces alone."""
    sender = house.senders[person.channel]
    outbox.finish_reply(row, SENT, provider_id=None if sender.clears_screen else provider_id)
    # "You are forgotten" is to stay where the person can read it.
    to_clear = sender.clears_screen and person.forget_at is None
    if to_clear or sender.erase_after is not None:
        key = open_person(house.vault, person)
        await save_trace(session, key, person.id, provider_id)
