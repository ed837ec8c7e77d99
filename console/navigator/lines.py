"""What went along with a person, and what was said since: the part of the page that changes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.store.accesses import save_access
from bot.store.audit import save_audit
from bot.store.claims import open_transfer
from bot.store.consents import require_consent
from bot.store.errors import NoConsent
from bot.store.handoffs import disclose_note, open_last_words, open_note
from bot.store.said import Said, find_said
from bot.store.tables import HandoffRow, StaffRow
from bot.store.tables.outbox import FAILED, PENDING, SENDING, STOPPED
from bot.store.tables.said import PERSON, STAFF
from console.members import Member
from console.navigator import words
from console.navigator.holding import Held

#: What a reply waits for that may not come out of the blue.
WAITS = "waits for an hour that is safe for them, or until they write"
PRACTISED = "practice: it goes to nobody"


@dataclass(frozen=True)
class Line:
    """One line as it is shown. ``state`` is how far a reply has come, in words."""

    who: str
    by: str
    untrusted_words: str
    said_at: datetime
    state: str
    failed: bool


@dataclass(frozen=True)
class Told:
    """What may be seen before anything is said: the note, or else the message about danger."""

    note: Sequence[str]
    danger_words: str


@dataclass(frozen=True)
class Shown:
    """All of the part. ``transfer`` is why a colleague passed the person on."""

    told: Told
    transfer: str
    lines: Sequence[Line]

    @property
    def last_of_person(self) -> str:
        """What the person wrote last."""
        theirs = (line.untrusted_words for line in reversed(self.lines) if line.who == PERSON)
        return next(theirs, "")


async def find_shown(
    session: AsyncSession, member: Member, held: Held, now: datetime, *, opens: bool
) -> Shown:
    """The part for ``member``. ``opens``: the look is written down, for the person and the team."""
    if opens:
        await _note_opening(session, member, held, now)
    return Shown(
        told=await _find_told(session, member, held, now, opens=opens),
        transfer=open_transfer(held.key, held.row),
        lines=await _find_lines(session, member, held),
    )


def make_mark(row: HandoffRow) -> str:
    """Another one as soon as the note, the message about danger, or the claim is another one."""
    parts = (row.note or b"", row.last_words or b"", str(row.claimed_at).encode())
    return hashlib.sha256(b"\x1f".join(parts)).hexdigest()


async def _note_opening(session: AsyncSession, member: Member, held: Held, now: datetime) -> None:
    """A simulated survivor asks nobody who saw them."""
    if held.row.practice is None:
        await save_access(session, held.key, held.person.id, member.name, "talk", now)
        await save_audit(session, member.id, "opened", now, person_id=held.person.id)


async def _find_told(
    session: AsyncSession, member: Member, held: Held, now: datetime, *, opens: bool
) -> Told:
    note = await _find_note(session, member, held, now, opens=opens)
    if note or not held.row.danger or held.row.last_words is None:
        return Told(note, "")
    if opens:
        await save_access(session, held.key, held.person.id, member.name, "danger", now)
    return Told((), open_last_words(held.key, held.row))


async def _find_note(
    session: AsyncSession, member: Member, held: Held, now: datetime, *, opens: bool
) -> Sequence[str]:
    """Nothing without the consent to share, whatever was passed on before."""
    if held.row.note is None:
        return ()
    try:
        if opens:
            return await disclose_note(session, held.key, held.row, member.name, now)
        await require_consent(session, held.person.id, ConsentKind.SHARE, now)
    except NoConsent:
        return ()
    return open_note(held.key, held.row)


async def _find_lines(session: AsyncSession, member: Member, held: Held) -> list[Line]:
    said = await find_said(session, held.key, held.person.id)
    names = await _find_names(session, said)
    in_practice = held.row.practice is not None
    return [
        Line(
            who=one.who,
            by=_name(one, member, names),
            untrusted_words=one.untrusted_words,
            said_at=one.said_at,
            state=PRACTISED if in_practice and one.who == STAFF else _say_state(one),
            failed=one.state in {FAILED, STOPPED},
        )
        for one in said
    ]


async def _find_names(session: AsyncSession, said: Sequence[Said]) -> dict[uuid.UUID, str]:
    ids = {one.staff_id for one in said if one.staff_id}
    found = await session.execute(select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(ids)))
    return {row.id: row.name for row in found}


def _name(one: Said, member: Member, names: Mapping[uuid.UUID, str]) -> str:
    if one.who == PERSON:
        return "They"
    if one.who != STAFF or one.staff_id is None:
        return "The team" if one.who == STAFF else "The house"
    return "You" if one.staff_id == member.id else names.get(one.staff_id, "The team")


def _say_state(one: Said) -> str:
    if one.state is None:
        return ""
    if one.held_until is not None and one.state in {PENDING, SENDING}:
        return WAITS
    return words.say(words.STATES, one.state)
