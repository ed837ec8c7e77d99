"""Who may see a conversation: whoever holds it, has joined it, or may join it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.handoffs import find_handoff
from bot.store.people import claim_person
from bot.store.sealed import open_person
from bot.store.tables import HandoffRow, PersonRow
from bot.vault.vault import PersonKey
from console.errors import NotAllowed
from console.house import House
from console.members import Member


@dataclass(frozen=True)
class Held:
    """A conversation in somebody's hands; person first and held, as everywhere."""

    person: PersonRow
    key: PersonKey
    row: HandoffRow


async def find_held(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID
) -> Held:
    """The conversation, for whoever may see it.

    Raises :class:`NotAllowed` in the same way when it is another's, nobody's, or over.
    """
    person = await claim_person(session, person_id)
    row = await find_handoff(session, person_id) if person else None
    if person is None or row is None or not may_see(house, member, row):
        raise NotAllowed
    return Held(person, open_person(house.vault, person), row)


def may_see(house: House, member: Member, row: HandoffRow) -> bool:
    """Whether ``member`` may see this conversation. What nobody holds is seen by nobody."""
    if row.claimed_by is None:
        return False
    if member.id in {row.claimed_by, row.joined_by}:
        return True
    return house.permissions.allow(member.role, "join")


def may_take(house: House, member: Member, row: HandoffRow) -> bool:
    """Whether ``row`` waits in the line for ``member`` to take it."""
    is_free = row.claimed_by is None and row.meant_for in {None, member.id}
    return is_free and house.permissions.allow(member.role, "queue")
