"""Somebody who agreed to be learned from, and whose messages were not understood."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.store.consents import revoke_consent, save_consent
from bot.store.misread import Stripped, save_misread
from bot.store.people import save_person
from bot.store.sealed import open_person
from bot.store.tables import MisreadRow
from tests.console.conftest import Office

LIST = "/conversation/misread"


class Unheard:
    """One person, who agreed a day ago."""

    def __init__(self, office: Office) -> None:
        self.office, self.ways = office, list[str]()

        async def agree(session: AsyncSession) -> uuid.UUID:
            address = f"+1{uuid.uuid4().int % 10**10:010}"
            person = await save_person(session, office.vault, "sms", address)
            given = decide_grant(ConsentKind.LEARN, datetime.now(UTC) - timedelta(days=1))
            await save_consent(session, person.id, given)
            self._key = open_person(office.vault, person)
            return person.id

        self.id: uuid.UUID = office.do(agree)

    def say(self, words: str, *, likely: str | None = "ask_can_do", days_ago: int = 0) -> str:
        """The address of what is kept of it."""
        day = datetime.now(UTC).date() - timedelta(days=days_ago)

        async def keep(session: AsyncSession) -> list[str]:
            stripped = Stripped("en", words, likely)
            await save_misread(session, self._key, self.id, stripped, day)
            mine = select(MisreadRow.id).where(MisreadRow.person_id == self.id)
            return [f"{LIST}/{one}" for one in await session.scalars(mine)]

        (way,) = set(self.office.do(keep)) - set(self.ways)
        self.ways.append(way)
        return way

    def take_back(self) -> None:
        """The consent."""
        kind, now = ConsentKind.LEARN, datetime.now(UTC)
        self.office.do(lambda session: revoke_consent(session, self.id, kind, now))
