"""The page of a conversation, put together from its parts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.needs import NEEDS
from bot.directory.phrases import load_phrases
from bot.directory.places import Places
from bot.store.drafts import find_draft
from console.house import House
from console.members import Member
from console.navigator import words
from console.navigator.drafts import weigh
from console.navigator.holding import Held
from console.navigator.lines import Shown, find_shown, make_mark
from console.navigator.opened import Openings
from console.navigator.replies import Shelf, find_known
from console.navigator.sending import LONGEST, find_language, may_write
from console.navigator.side import find_side
from console.navigator.suggestions import Found, Wanted, find_match

NOTHING_LOOKED_UP = Found(Wanted(""), "", ())


@dataclass(frozen=True)
class Room:
    """What every page of a conversation needs."""

    house: House
    shelf: Shelf
    places: Places
    openings: Openings = field(default_factory=Openings)


@dataclass(frozen=True)
class Box:
    """What stands in the box, the id of its form, and why it was not sent."""

    untrusted_words: str
    line_id: uuid.UUID = field(default_factory=uuid.uuid4)
    fault: str = ""


async def find_box(session: AsyncSession, member: Member, held: Held) -> Box:
    """What this member was writing to this person."""
    return Box(await find_draft(session, held.key, held.person.id, member.id))


async def find_lines(
    room: Room, session: AsyncSession, member: Member, held: Held
) -> dict[str, Any]:
    """What the part that changes shows. Call :func:`note_look` once it is committed."""
    language = await find_language(session, held)
    shown = await _find_shown(room, session, member, held)
    return _lines(room, member, held, shown, language)


async def find_page(
    room: Room, session: AsyncSession, member: Member, held: Held, box: Box, *,
    found: Found = NOTHING_LOOKED_UP, untrusted_service: str = "",
) -> dict[str, Any]:  # fmt: skip
    """All that the page shows. Call :func:`note_look` once it is committed."""
    house, language = room.house, await find_language(session, held)
    shown = await _find_shown(room, session, member, held)
    match = await find_match(house, session, untrusted_service)
    known = find_known(member, match, language, house.now().astimezone(house.site.timezone))
    spoken = language in member.languages
    return {
        **_lines(room, member, held, shown, language),
        "side": await find_side(house, session, held, shown, language, spoken),
        "box": box,
        "weight": weigh(box.untrusted_words, held.person.channel, language),
        "longest": LONGEST,
        "ready": room.shelf.offer(language, known),
        "service": match.service_id if match else "",
        "pairs": room.shelf.pairs(language, member),
        "found": found,
        "needs": _name_needs(),
        "may_write": may_write(member, held),
        "returned": house.say("returned", language),
        "note_id": uuid.uuid4(),
    }


def note_look(room: Room, member: Member, held: Held) -> None:
    """The look was shown and its transaction is committed."""
    room.openings.keep(member.id, held.person.id, make_mark(held.row), room.house.now())


async def _find_shown(room: Room, session: AsyncSession, member: Member, held: Held) -> Shown:
    now = room.house.now()
    opens = room.openings.is_new(member.id, held.person.id, make_mark(held.row), now)
    return await find_shown(session, member, held, now, opens=opens)


def _lines(room: Room, member: Member, held: Held, shown: Shown, language: str) -> dict[str, Any]:
    return {
        "person_id": held.person.id,
        "row": held.row,
        "shown": shown,
        "language": language,
        "hints": room.shelf.hints(shown.last_of_person, language, member),
        "words": words,
        "looking": (),
    }


def _name_needs() -> Mapping[str, str]:
    """The needs of the directory, as they are called elsewhere."""
    say = load_phrases("journeys", "en")
    return {need: say.named("needs", need) for need in NEEDS}
