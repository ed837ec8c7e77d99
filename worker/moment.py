"""One message being answered: everything the rules of a turn need, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.retention import next_erasure
from bot.store import conversations, inbox, outbox
from bot.store.consents import find_consent
from bot.store.sealed import open_person
from bot.store.tables import ConversationRow, InboxRow, PersonRow
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply
from worker.house import House


@dataclass
class Moment:
    """A message, its person and their conversation, inside one open transaction."""

    house: House
    session: AsyncSession
    person: PersonRow
    key: PersonKey
    message: InboxRow
    untrusted_text: str
    conversation: ConversationRow | None
    now: datetime

    @property
    def language(self) -> str:
        """The language of the conversation, or the site's own before there is one."""
        return self.conversation.language if self.conversation else self.house.site.default_language

    async def reply(self, *replies: Reply) -> None:
        """Put replies into the outbox."""
        await outbox.save_replies(self.session, self.key, self.person.id, replies)

    async def say(self, name: str, language: str | None = None) -> None:
        """Reply with one of the site's fixed sentences."""
        await self.reply(Reply(self.house.say(name, language or self.language)))

    async def started(self, language: str) -> ConversationRow:
        """The running conversation in ``language``, begun now if there is none."""
        erase_at = next_erasure(self.now, await self._remembers())
        if self.conversation is None:
            self.conversation = await conversations.start_conversation(
                self.session, self.person.id, language, erase_at
            )
        self.conversation.language = language
        self.conversation.erase_at = erase_at
        return self.conversation

    async def _remembers(self) -> bool:
        consent = await find_consent(self.session, self.person.id, ConsentKind.REMEMBER)
        return consent is not None and is_valid(consent, self.now)


async def open_moment(
    house: House, session: AsyncSession, person: PersonRow, message: InboxRow
) -> Moment:
    """Open what ``message`` needs to be answered. Raises ``bot.vault.errors.Unreadable``."""
    key, now = open_person(house.vault, person), house.now()
    conversation = await conversations.find_conversation(session, person.id)
    if conversation and conversation.erase_at <= now:
        await session.delete(conversation)
        await session.flush()
        conversation = None
    text = inbox.open_words(key, message)
    return Moment(house, session, person, key, message, text, conversation, now)
