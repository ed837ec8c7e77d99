"""One message being answered: everything the rules of a turn need, in one place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.handoffs import is_danger
from bot.care.retention import next_erasure
from bot.store import conversations, inbox, outbox
from bot.store.blocks import is_blocked
from bot.store.consents import find_consent
from bot.store.handoffs import Call, find_handoff, save_handoff
from bot.store.sealed import open_person
from bot.store.services import find_names
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
    replied: bool = False
    #: The question that was open when the message came; ``None`` before there is a talk.
    asked: str | None = None

    @property
    def language(self) -> str:
        """The language of the conversation, or the site's own before there is one."""
        return self.conversation.language if self.conversation else self.house.site.default_language

    async def known_language(self) -> str | None:
        """The language of the conversation, or else of the call for a navigator, if any."""
        if self.conversation:
            return self.conversation.language
        handoff = await find_handoff(self.session, self.person.id)
        return handoff.language if handoff else None

    async def reply(self, *replies: Reply) -> None:
        """Put replies into the outbox."""
        self.replied = self.replied or bool(replies)
        await outbox.save_replies(self.session, self.key, self.person.id, replies)

    async def reply_text(self, text: str) -> None:
        """Reply with words that are ready."""
        await self.reply(Reply(text))

    async def say(self, name: str, language: str | None = None) -> None:
        """Reply with one of the site's fixed sentences.

        Somebody of whom no language is known is answered in each of the site's.
        """
        language = language or await self.known_language()
        texts = [self.house.say(name, language)] if language else self.house.say_in_each(name)
        await self.reply(*map(Reply, texts))

    async def is_line_closed(self) -> bool:
        """Whether the team's line is closed to this person, and no danger has called them since."""
        if not await is_blocked(self.session, self.person.pseudonym, self.now):
            return False
        return await find_handoff(self.session, self.person.id) is None

    async def call(self, reason: str, untrusted_words: str = "") -> None:
        """Call a navigator; to danger the line is never closed.

        The words are the message in which danger was seen, if it was.
        """
        if not is_danger(reason) and await self.is_line_closed():
            return
        call = Call(reason, self.language, untrusted_words)
        await save_handoff(self.session, self.key, self.person.id, call, self.now)

    async def mark(self, kind: str, language: str) -> None:
        """Danger was seen: the conversation is marked with ``kind``, and a navigator is called."""
        conversation = await self.started(language)
        conversation.marked_for, conversation.marked_at = kind, self.now
        await self.call(kind, self.untrusted_text)

    async def started(self, language: str) -> ConversationRow:
        """The running conversation in ``language``, begun now if there is none."""
        keep_for = self.house.site.keep_for if await self._may_keep() else None
        erase_at = next_erasure(self.now, keep_for)
        if self.conversation is None:
            self.conversation = await conversations.start_conversation(
                self.session, self.person.id, language, erase_at
            )
        self.conversation.language = language
        self.conversation.erase_at = erase_at
        return self.conversation

    async def service_names(self, service_ids: Collection[str]) -> dict[str, str]:
        """What services are called; those that left the directory are missing."""
        return await find_names(self.session, service_ids)

    async def _may_keep(self) -> bool:
        consent = await find_consent(self.session, self.person.id, ConsentKind.KEEP)
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
