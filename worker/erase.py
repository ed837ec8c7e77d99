"""The erase job: a person's messages go from the vendor, and from the screen where that can be."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from bot.store import outbox, people, traces
from bot.store.sealed import open_person
from bot.wire.outcomes import Later, Outcome, Sent
from worker.errors import TryLater
from worker.house import House


async def erase_traces(house: House, person_id: uuid.UUID) -> None:
    """Erase batch after batch. Raises :class:`TryLater` when the vendor cannot now.

    Nothing is held while the vendor works; a batch erased twice does no harm.
    """
    while batch := await _open_batch(house, person_id):
        channel, address, places = batch
        outcome = await _erase(house, channel, address, list(places.values()))
        if isinstance(outcome, Later):
            raise TryLater(outcome.seconds)
        await _forget(house, places)
    await _forget_person(house, person_id)


async def _open_batch(
    house: House, person_id: uuid.UUID
) -> tuple[str, str, dict[uuid.UUID, str]] | None:
    async with house.sessions() as session:
        person = await people.get_person(session, person_id)
        if person is None:
            return None
        key = open_person(house.vault, person)
        places = await traces.find_traces(session, key, person_id)
        return (person.channel, people.open_address(key, person), places) if places else None


async def _erase(house: House, channel: str, address: str, places: list[str]) -> Outcome:
    """A channel that was switched off can erase nothing more."""
    sender = house.senders.get(channel)
    return await sender.erase(address, places) if sender else Sent("")


async def _forget(house: House, erased: Collection[uuid.UUID]) -> None:
    async with house.sessions.begin() as session:
        await traces.forget_traces(session, erased)


async def _forget_person(house: House, person_id: uuid.UUID) -> None:
    """Whoever asked to be forgotten was only kept for these messages and for a last word."""
    async with house.sessions.begin() as session:
        person = await people.claim_person(session, person_id)
        if person is None or person.forget_at is None:
            return
        if await outbox.next_open_reply(session, person_id) is None:
            await people.forget_person(session, person_id)
