"""Sending what a navigator wrote: once, however often the button is pressed or the line breaks."""

from __future__ import annotations

import unicodedata
import uuid
from enum import Enum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.canned import find_blanks
from bot.store.conversations import find_conversation
from bot.store.outbox import save_replies
from bot.store.practice import send_practice
from bot.store.said import Speaker, open_said, save_said
from bot.store.tables.said import STAFF
from bot.wire.turns import Reply
from console.errors import NotAllowed
from console.house import House
from console.members import Member
from console.navigator.holding import Held, find_held

#: Characters. Nobody is expected to read more in one text, and no vendor takes more.
LONGEST = 1600
EMPTY = "There is nothing to send yet."


class Sent(Enum):
    """What became of a form."""

    NOW = "now"
    BEFORE = "before"
    """These very words were sent by this form already."""

    OTHER = "other"
    """The form was sent already, with other words; these were not sent."""


async def find_writable(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID
) -> Held:
    """The conversation, for who talks in it. Raises :class:`NotAllowed` for who only looks too."""
    held = await find_held(house, session, member, person_id)
    if not may_write(member, held):
        raise NotAllowed
    return held


def may_write(member: Member, held: Held) -> bool:
    """Whether the conversation is theirs, or they have joined it."""
    return member.id in {held.row.claimed_by, held.row.joined_by}


async def find_language(session: AsyncSession, held: Held) -> str:
    """What the person reads: the language of the talk, or the one in which they called."""
    conversation = await find_conversation(session, held.person.id)
    return conversation.language if conversation else held.row.language


def parse_text(untrusted_words: str) -> str:
    """The words as they can be sent: without what no screen shows, and without space around."""
    lines = untrusted_words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def find_fault(text: str) -> str:
    """Why this can not be sent, in a sentence; empty when it can."""
    if not text:
        return EMPTY
    if len(text) > LONGEST:
        return (
            f"A text holds {LONGEST:,} characters at most, and this one has {len(text):,}."
            " Make it shorter, or send it in two."
        )
    if blanks := find_blanks(text):
        open_ones = ", ".join(f"{{{one}}}" for one in blanks)
        return f"Fill in {open_ones} first, or take it out."
    return ""


async def send_words(
    house: House, session: AsyncSession, member: Member, held: Held, line_id: uuid.UUID, text: str
) -> Sent:
    """Send ``text`` to the person, in this transaction, and note it among the lines.

    ``line_id`` is the form's own: a form that comes again sends nothing.
    """
    said = await open_said(session, held.key, held.person.id, line_id)
    if said is not None:
        return Sent.BEFORE if said == text else Sent.OTHER
    now, row = house.now(), held.row
    if row.practice is not None:
        await send_practice(session, held.key, row, member.id, text, now, line_id=line_id)
        return Sent.NOW
    (outbox_id,) = await save_replies(session, held.key, held.person.id, [Reply(text)])
    speaker = Speaker(STAFF, member.id, outbox_id)
    await save_said(session, held.key, held.person.id, speaker, text, now, line_id=line_id)
    row.active_at, row.unanswered_since = now, None
    return Sent.NOW
