"""The sign job: a person sees that a navigator writes, where their vendor shows it."""

from __future__ import annotations

import uuid

from bot.store import people
from bot.store.sealed import open_person
from bot.store.writing import sees_writing
from worker.house import House


async def show_sign(house: House, person_id: uuid.UUID) -> None:
    """Ask the vendor for the sign, if it is still true. What came of it is nobody's concern."""
    async with house.sessions() as session:
        person = await people.get_person(session, person_id)
        sender = house.senders.get(person.channel) if person else None
        if person is None or sender is None:
            return
        key = open_person(house.vault, person)
        if not await sees_writing(session, key, person, house.local_now()):
            return
        address = people.open_address(key, person)
    await sender.show_sign(address)
