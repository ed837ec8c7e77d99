"""A web session in the store: messages in, replies found, and its end.

The message that ends a session has a fixed id. While its hash is known, which is as long as any
replay's, the token opens nothing and takes nothing: no table of ended sessions is needed.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.store import conversations, outbox, people
from bot.store.consents import find_consent
from bot.store.inbox import save_inbound
from bot.store.sealed import open_person
from bot.store.tables import InboxRow, OutboxRow, PersonRow
from bot.store.tables.inbox import NEW
from bot.store.tables.outbox import PENDING, SENDING
from bot.store.writing import sees_writing
from bot.vault.vault import Vault
from bot.wire.inbound import Inbound
from channels import web
from gateway.errors import SessionEnded
from gateway.house import House

_EXIT = "EXIT"


@dataclass(frozen=True)
class Shown:
    """One reply as a page shows it. ``position`` says how far the page has read."""

    position: int
    content: Mapping[str, object]


@dataclass(frozen=True)
class Talk:
    """What a page may show of a session at the moment; ``language`` is the conversation's."""

    person_id: uuid.UUID
    replies: tuple[Shown, ...]
    language: str | None
    remembers: bool


async def save_message(house: House, message: Inbound) -> uuid.UUID:
    """Take in a message once; the person's id. Raises :class:`SessionEnded`."""
    token = message.untrusted_address
    async with house.sessions.begin() as session:
        await _hold(session, house.vault, token)
        if await _has_ended(session, house.vault, token):
            raise SessionEnded
        await save_inbound(session, house.vault, message)
        return (await people.save_person(session, house.vault, web.CHANNEL, token)).id


async def end_session(house: House, token: str) -> None:
    """End it once and for all: the worker erases it, and open pages fall silent at once."""
    message = Inbound(web.CHANNEL, _exit_id(token), token, _EXIT)
    async with house.sessions.begin() as session:
        await _hold(session, house.vault, token)
        if person := await save_inbound(session, house.vault, message):
            await outbox.wake_page(session, person.id)


async def find_talk(house: House, token: str, after: int) -> Talk | None:
    """The replies beyond position ``after``; ``None`` for a stranger, or once forgotten.

    Raises :class:`SessionEnded`.
    """
    async with house.sessions() as session:
        if await _has_ended(session, house.vault, token):
            raise SessionEnded
        person = await people.find_person(session, house.vault.pseudonym(web.CHANNEL, token))
        return None if person is None else await _open_talk(house, session, person, after)


async def is_written_to(house: House, person_id: uuid.UUID) -> bool:
    """Whether the page may show that a navigator writes now."""
    async with house.sessions() as session:
        person = await people.get_person(session, person_id)
        if person is None:
            return False
        key, local_now = open_person(house.vault, person), datetime.now(house.site.timezone)
        return await sees_writing(session, key, person, local_now)


async def is_answered(house: House, person_id: uuid.UUID) -> bool:
    """Whether nothing more is coming: no message to look at, no reply on its way."""
    async with house.sessions() as session:
        looked_at = ~exists().where(InboxRow.person_id == person_id, InboxRow.state == NEW)
        on_their_way = OutboxRow.state.in_((PENDING, SENDING))
        arrived = ~exists().where(OutboxRow.person_id == person_id, on_their_way)
        return bool(await session.scalar(select(looked_at & arrived)))


async def _open_talk(house: House, session: AsyncSession, person: PersonRow, after: int) -> Talk:
    key = open_person(house.vault, person)
    rows = await outbox.find_shown(session, person.id, after)
    conversation = await conversations.find_conversation(session, person.id)
    consent = await find_consent(session, person.id, ConsentKind.KEEP)
    replies = (Shown(row.position, web.render(outbox.open_reply(key, row))) for row in rows)
    return Talk(
        person_id=person.id,
        replies=tuple(replies),
        language=conversation.language if conversation else None,
        remembers=conversation is not None and is_valid(consent, datetime.now(UTC)),
    )


async def _hold(session: AsyncSession, vault: Vault, token: str) -> None:
    """Messages and the end of one session come one after the other, never both at once."""
    number = int.from_bytes(vault.pseudonym(web.CHANNEL, token)[:8], "big", signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(number)))


async def _has_ended(session: AsyncSession, vault: Vault, token: str) -> bool:
    key = vault.pseudonym(f"{web.CHANNEL}:message", _exit_id(token))
    return bool(await session.scalar(select(exists().where(InboxRow.provider_key == key))))


def _exit_id(token: str) -> str:
    return f"{token}:exit"
