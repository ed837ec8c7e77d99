"""A navigator for tests of the whole house: works on its database as the console does."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings
from bot.store.blocks import LASTS
from bot.store.claims import claim_handoff, give_back
from bot.store.database import connect, sessions
from bot.store.drafts import save_draft
from bot.store.handoffs import disclose_note, find_handoff
from bot.store.outbox import save_replies
from bot.store.people import find_person
from bot.store.said import Said, Speaker, find_said, save_said
from bot.store.sealed import open_person
from bot.store.tables import BlockRow, HandoffRow, PersonRow, StaffRow
from bot.vault.keyring import open_keyring
from bot.vault.vault import PersonKey, Vault
from bot.wire.turns import Reply

Result = TypeVar("Result")
OfPerson = Callable[[AsyncSession, PersonRow, PersonKey], Awaitable[Result]]


class Navigator:
    """Somebody at the desk. People are named by channel and address."""

    def __init__(self, settings: Settings, *, at_desk: bool = False) -> None:
        self._settings = settings
        self._vault = Vault(lambda: open_keyring(settings.home))
        self.id = uuid.uuid4()
        since = datetime.now(UTC) if at_desk else None
        asyncio.run(self._in_session(lambda session: _join(session, self.id, since)))

    def claim(self, channel: str, address: str) -> bool:
        """Take a person who waits; ``False`` when there is none to take."""

        async def claim(session: AsyncSession, person: PersonRow, _: PersonKey) -> bool:
            return await claim_handoff(session, person.id, self.id, datetime.now(UTC)) is not None

        return self._with(channel, address, claim)

    def type(self, channel: str, address: str, words: str) -> None:
        """Have so much of a text in the box; nothing of it is sent."""

        async def type_words(session: AsyncSession, person: PersonRow, key: PersonKey) -> None:
            await save_draft(session, key, person.id, self.id, words, datetime.now(UTC))

        self._with(channel, address, type_words)

    def send(self, channel: str, address: str, text: str) -> None:
        """Write to a person, as the console does."""

        async def send(session: AsyncSession, person: PersonRow, key: PersonKey) -> None:
            (reply,) = await save_replies(session, key, person.id, [Reply(text)])
            speaker = Speaker("staff", self.id, reply)
            await save_said(session, key, person.id, speaker, text, datetime.now(UTC))

        self._with(channel, address, send)

    def said(self, channel: str, address: str) -> list[Said]:
        """The talk as the navigator sees it."""
        return self._with(channel, address, lambda s, person, key: find_said(s, key, person.id))

    def note(self, channel: str, address: str) -> list[str]:
        """The note that came along. Raises ``bot.store.errors.NoConsent``."""

        async def note(session: AsyncSession, person: PersonRow, key: PersonKey) -> list[str]:
            row = await find_handoff(session, person.id)
            assert row is not None
            return await disclose_note(session, key, row, "Nora", datetime.now(UTC))

        return self._with(channel, address, note)

    def handoff(self, channel: str, address: str) -> HandoffRow | None:
        """The open handoff of a person."""
        return self._with(channel, address, lambda s, person, _: find_handoff(s, person.id))

    def give_back(self, channel: str, address: str) -> None:
        """Back into the line."""

        async def back(session: AsyncSession, person: PersonRow, _: PersonKey) -> None:
            row = await find_handoff(session, person.id)
            assert row is not None
            await give_back(session, row)

        self._with(channel, address, back)

    def block(self, channel: str, address: str) -> None:
        """Close the team's line to a person, as two of the team do."""

        async def block(session: AsyncSession, person: PersonRow, _: PersonKey) -> None:
            other, now = uuid.uuid4(), datetime.now(UTC)
            await _join(session, other, None)
            await session.flush()
            session.add(
                BlockRow(
                    pseudonym=person.pseudonym, reason="abusive", step=2, asked_by=self.id,
                    asked_at=now, agreed_by=other, until=now + LASTS,
                )
            )  # fmt: skip

        self._with(channel, address, block)

    def leave_desk(self) -> None:
        """Nobody is at the desk any more, as far as this one goes."""

        async def leave(session: AsyncSession) -> None:
            (await session.get_one(StaffRow, self.id)).at_desk_since = None

        asyncio.run(self._in_session(leave))

    def _with(self, channel: str, address: str, act: OfPerson[Result]) -> Result:
        pseudonym = self._vault.pseudonym(channel, address)

        async def run(session: AsyncSession) -> Result:
            person = await find_person(session, pseudonym)
            assert person is not None
            return await act(session, person, open_person(self._vault, person))

        return asyncio.run(self._in_session(run))

    async def _in_session(self, act: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        database = connect(self._settings.database_url.reveal())
        try:
            async with sessions(database).begin() as session:
                return await act(session)
        finally:
            await database.dispose()


async def _join(session: AsyncSession, staff_id: uuid.UUID, since: datetime | None) -> None:
    session.add(
        StaffRow(
            id=staff_id,
            email=f"{staff_id}@staff.example",
            name="Nora",
            role="navigator",
            languages=["en", "es"],
            password_hash="",
            at_desk_since=since,
            caseload=50,
        )
    )
    await session.flush()
