"""People who write to the team, as the console finds them: sealed with the office's own keys."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store import inbox
from bot.store.claims import claim_handoff
from bot.store.conversations import start_conversation
from bot.store.handoffs import Call, find_handoff, save_choice, save_handoff
from bot.store.outbox import open_reply
from bot.store.said import Speaker, find_said, save_said
from bot.store.sealed import open_person
from bot.store.tables import HandoffRow, OutboxRow, PersonRow
from bot.store.tables.said import PERSON
from bot.vault.vault import PersonKey
from bot.wire.inbound import Inbound
from tests.console.conftest import Browser, Office

NUMBERS = itertools.count(1)
#: A string that pages must show as it is.
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{7*7}}"


class Writer:
    """Somebody who texts. With ``holder`` the conversation is already in that member's hands."""

    def __init__(
        self, office: Office, holder: Browser | None = None, *, reason: str = "human",
        language: str = "en",
    ) -> None:  # fmt: skip
        self.office, self.number = office, f"+1503555{next(NUMBERS):04}"

        async def call(session: AsyncSession) -> uuid.UUID:
            sent = Inbound("sms", uuid.uuid4().hex, self.number, "help me")
            person = await inbox.save_inbound(session, office.vault, sent)
            assert person is not None
            key, now = open_person(office.vault, person), datetime.now(UTC)
            await start_conversation(session, person.id, language, now.replace(year=2100))
            call = Call(reason, language, "help me")
            row = await save_handoff(session, key, person.id, call, now)
            await save_choice(session, key, row, Choice.NOW, None)
            if holder is not None:
                assert await claim_handoff(session, person.id, holder.staff_id, now)
            return person.id

        self.id: uuid.UUID = office.do(call)

    @property
    def pseudonym(self) -> bytes:
        """What a block is kept by."""
        return self.office.vault.pseudonym("sms", self.number)

    def write(self, text: str) -> None:
        """To whoever holds the conversation."""

        async def write(session: AsyncSession) -> None:
            key, now = await self._key(session), datetime.now(UTC)
            await save_said(session, key, self.id, Speaker(PERSON), text, now)

        self.office.do(write)

    def said(self) -> list[tuple[str, str]]:
        """Who said what."""

        async def read(session: AsyncSession) -> list[tuple[str, str]]:
            lines = await find_said(session, await self._key(session), self.id)
            return [(line.who, line.untrusted_words) for line in lines]

        return self.office.do(read)

    def replies(self) -> list[str]:
        """What is on its way to them."""

        async def read(session: AsyncSession) -> list[str]:
            key = await self._key(session)
            rows = select(OutboxRow).where(OutboxRow.person_id == self.id)
            found = await session.scalars(rows.order_by(OutboxRow.position))
            return [open_reply(key, row).text for row in found]

        return self.office.do(read)

    def handoff(self) -> HandoffRow | None:
        """The open handoff."""
        return self.office.do(lambda session: find_handoff(session, self.id))

    async def _key(self, session: AsyncSession) -> PersonKey:
        return open_person(self.office.vault, await session.get_one(PersonRow, self.id))
