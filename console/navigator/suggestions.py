"""Services and openings to send: looked up beside the talk, written as the bot writes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.appointments.bookable import find_bookable
from bot.directory.needs import NEEDS
from bot.directory.phrases import load_phrases
from bot.directory.places import Place, Places
from bot.directory.search import Match, Query, find_service, search
from bot.directory.service_lines import LONGEST_NAME, render_service
from bot.directory.when import render_when
from bot.store.slots import SlotWishes, find_free_slots
from bot.wire.fitting import shorten
from console.house import House

#: Services shown at once, and openings of one service in a text.
SHOWN, OPENINGS = 5, 3


@dataclass(frozen=True)
class Wanted:
    """What is looked for. ``untrusted_place`` is as it was typed; ``need`` is one of the twelve."""

    need: str
    untrusted_place: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A service, the text about it, and the text about its openings if it has any."""

    id: str
    name: str
    text: str
    openings: str


@dataclass(frozen=True)
class Found:
    """What a search gave. ``place`` is how the place was understood, empty when it was not."""

    wanted: Wanted
    place: str
    suggestions: Sequence[Suggestion]


async def find_suggestions(
    house: House, places: Places, session: AsyncSession, wanted: Wanted, language: str
) -> Found:
    """Services for a need near a place; a need that does not exist finds nothing."""
    now, place = _local(house), await _find_place(house, places, wanted.untrusted_place)
    if wanted.need not in NEEDS:
        return Found(replace(wanted, need=""), "", ())
    query = Query(wanted.need, place, language, limit=SHOWN)
    matches = await search(session, query, now)
    bookable = {one.service_id for one in await find_bookable(session, now)}
    suggestions = [
        Suggestion(
            id=match.service_id,
            name=match.name,
            text=render_service(match, load_phrases("services", language), now),
            openings=await _find_openings(house, session, match, language)
            if match.service_id in bookable
            else "",
        )
        for match in matches
    ]
    return Found(wanted, place.title if place else "", suggestions)


async def find_match(house: House, session: AsyncSession, untrusted_id: str) -> Match | None:
    """One service of the directory."""
    if not untrusted_id or "\0" in untrusted_id:
        return None
    return await find_service(session, untrusted_id, _local(house))


async def _find_place(house: House, places: Places, untrusted_place: str) -> Place | None:
    """The first look reads every town of the country, so it is done beside the others' work."""
    if not untrusted_place.strip():
        return None
    found = await asyncio.to_thread(places.find, untrusted_place, house.site.home_state)
    return found[0] if found else None


async def _find_openings(house: House, session: AsyncSession, match: Match, language: str) -> str:
    """The next free openings of a service as a text; empty when there are none."""
    zone, say = house.site.timezone, load_phrases("services", language)
    wishes = SlotWishes(timezone=zone, service_id=match.service_id)
    free = await find_free_slots(session, wishes, house.now(), OPENINGS)
    times = ", ".join(render_when(one.starts_at.astimezone(zone), say) for one in free)
    name = shorten(match.name, LONGEST_NAME)
    return say.say("openings", name=name, times=times) if times else ""


def _local(house: House) -> datetime:
    return house.now().astimezone(house.site.timezone)
