"""A person who texts, and navigators at the desk, in a house of which the engine is away."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store import inbox, outbox, people
from bot.store.claims import claim_handoff
from bot.store.conversations import find_conversation
from bot.store.handoffs import Call, find_handoff, save_choice, save_handoff
from bot.store.said import find_said
from bot.store.sealed import open_person
from bot.store.tables import ConversationRow, HandoffRow, OutboxRow, StaffRow
from bot.vault.vault import PersonKey
from bot.wire.inbound import Inbound
from worker.house import House
from worker.turn import take_turns

NUMBERS = itertools.count(1)
#: The account of a site whose texts nobody takes.
ACCOUNT = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "t" * 32,
    "TWILIO_FROM": "+15035550100",
    "TWILIO_API_BASE": "http://127.0.0.1:9",
}


@dataclass
class Texter:
    """One person. ``house`` may be looked at from a later time with :meth:`later`."""

    house: House
    number: str = field(default_factory=lambda: f"+1503555{next(NUMBERS):04}")
    read: set[uuid.UUID] = field(default_factory=set)

    async def text(self, text: str, *, vendor_word: str | None = None) -> list[str]:
        """Text once, and read what comes of it."""
        async with self.house.sessions.begin() as session:
            told = Inbound("sms", uuid.uuid4().hex, self.number, text, opt_out_type=vendor_word)
            await inbox.save_inbound(session, self.house.vault, told)
        await take_turns(self.house, await self.id())
        return await self.new_replies()

    async def new_replies(self) -> list[str]:
        """Replies that were not read yet, oldest first."""
        async with self.house.sessions() as session:
            rows = await session.scalars(
                select(OutboxRow)
                .where(OutboxRow.person_id == await self.id(), OutboxRow.id.not_in(self.read))
                .order_by(OutboxRow.position)
            )
            found = rows.all()
            self.read |= {row.id for row in found}
            key = await self.key(session)
            return [outbox.open_reply(key, row).text for row in found]

    async def wait_for_a_person(
        self, how: Choice = Choice.NOW, note: list[str] | None = None, language: str = "en"
    ) -> None:
        """As if the journey had handed over."""
        async with self.house.sessions.begin() as session:
            person = await people.save_person(session, self.house.vault, "sms", self.number)
            key = open_person(self.house.vault, person)
            call = Call("human", language)
            row = await save_handoff(session, key, person.id, call, self.house.now())
            await save_choice(session, key, row, how, note)

    async def handoff(self) -> HandoffRow | None:
        """The open handoff."""
        async with self.house.sessions() as session:
            person = await people.find_person(session, self.pseudonym())
            return await find_handoff(session, person.id) if person else None

    async def conversation(self) -> ConversationRow | None:
        """The conversation that is kept."""
        async with self.house.sessions() as session:
            return await find_conversation(session, await self.id())

    async def lines(self) -> list[tuple[str, str]]:
        """Who said what, as the navigator sees it."""
        async with self.house.sessions() as session:
            key = await self.key(session)
            said = await find_said(session, key, await self.id())
            return [(line.who, line.untrusted_words) for line in said]

    async def id(self) -> uuid.UUID:
        """The person's id."""
        async with self.house.sessions() as session:
            found = await people.find_person(session, self.pseudonym())
            assert found is not None
            return found.id

    def pseudonym(self) -> bytes:
        """By which the person is found."""
        return self.house.vault.pseudonym("sms", self.number)

    async def key(self, session: AsyncSession) -> PersonKey:
        """The person's key."""
        person = await people.get_person(session, await self.id())
        assert person is not None
        return open_person(self.house.vault, person)


async def claim(texter: Texter, staff_id: uuid.UUID | None = None) -> uuid.UUID:
    """A navigator who takes this person; one who has just come unless it is somebody else."""
    async with texter.house.sessions.begin() as session:
        staff_id = staff_id or await join(session, texter.house)
        taken = await claim_handoff(session, await texter.id(), staff_id, texter.house.now())
        assert taken is not None
        return staff_id


async def join(session: AsyncSession, house: House, *languages: str, **more: object) -> uuid.UUID:
    """Somebody who is at the desk now."""
    staff_id = uuid.uuid4()
    values = {"caseload": 5, "at_desk_since": house.now(), **more}
    session.add(
        StaffRow(
            id=staff_id,
            email=f"{staff_id}@staff.example",
            name="Nora",
            role="navigator",
            languages=list(languages) or ["en", "es"],
            password_hash="",
            **values,
        )
    )
    await session.flush()
    return staff_id


def later(house: House, **time: float) -> House:
    """The same house some time later."""
    at = house.now() + timedelta(**time)
    return replace(house, now=lambda: at)


def run(house: House, act: Callable[[], Awaitable[None]]) -> None:
    """One story of a test, from the first text to the last."""

    async def all_of_it() -> None:
        try:
            await act()
        finally:
            await house.engine.close()
            await house.database.dispose()

    asyncio.run(all_of_it())
