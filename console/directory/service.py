"""One service as people read it: what is known, who said so, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.deriving import derive_listings, find_listing_ids
from bot.directory.document import is_confidential
from bot.directory.due import Due, decide_due
from bot.directory.listing import Listing
from bot.directory.nesting import Document
from bot.directory.phrases import load_phrases
from bot.directory.search import find_service
from bot.directory.service_lines import render_details, render_service
from bot.flows.changes import Row, tell_difference
from bot.store.capacities import UNITS, find_capacity
from bot.store.entries import Change, find_changes
from bot.store.entry_pages import CAPACITY_COUNTS_FOR, find_names, find_neighbours
from bot.store.outcomes import FEWEST_ANSWERS, Record, find_records
from bot.store.provider_answers import find_answers
from bot.store.provider_links import find_links
from bot.store.tables import EntryRow
from console.directory.areas import open_areas
from console.directory.namings import warn
from console.directory.place_hours import tell_hours
from console.directory.places import find_location_ids
from console.directory.reading import SAME_AS, WHY_AWAY, read_document, say, tell_document
from console.directory.told import FAULTS, TOLD
from console.directory.typed import STATUSES
from console.directory.ways import find_today, require_entry
from console.house import House
from console.members import Member, allowed

#: Changes that the page tells; older ones are kept as well.
MOST_TOLD = 15


@dataclass(frozen=True)
class Told:
    """One change in plain words. ``last``: it can be put back. ``hidden``: it has words from
    before a place became confidential.
    """

    change: Change
    rows: Sequence[Row]
    last: bool
    hidden: bool


def routes(house: House) -> APIRouter:
    """``/directory/service/{id}``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "directory"))]

    @router.get("/directory/service/{entry_id:path}")
    async def page(member: reader, entry_id: str, told: str = "") -> Response:
        async with house.sessions() as session:
            row = await require_entry(session, entry_id)
            return await show_service(house, session, member, row, told)

    return router


async def show_service(
    house: House, session: AsyncSession, member: Member, row: EntryRow, told: str = "",
    link: str = "", mails: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page. ``told`` names the sentence that it begins with; ``link`` is a new one to send."""
    areas, now = open_areas(house), house.now()
    listings, _ = derive_listings({**row.document, "status": "active"}, areas)
    known = {
        "listing": listings[0] if listings else None, "typed": read_document(row.document, areas),
        "hours": tell_hours(row.document), "due": decide_due(row.assured, find_today(house)),
        "capacity": await find_capacity(session, row.id),
        "record": await _count(session, row.document, now),
        "lines": await _say(house, session, listings) if row.status == "active" else {},
        "history": await _tell(house, session, row),
        "answers": await find_answers(session, row.id),
        "links": await find_links(session, row.id, now),
        "neighbours": await _find_neighbours(session, row),
        "why_away": say(row.document, WHY_AWAY),
        "same_as": await find_names(session, [say(row.document, SAME_AS)]),
        "namings": await warn(house, session, row),
    }  # fmt: skip
    return house.pages.show(
        member, "directory_service.html", status=422 if told in FAULTS else 200, entry=row,
        statuses=STATUSES, fewest=FEWEST_ANSWERS, told=TOLD.get(told, ""), faulty=told in FAULTS,
        counts_since=now - CAPACITY_COUNTS_FOR, soon=Due.SOON, overdue=Due.NOW, units=UNITS,
        link=link, mails=mails or {}, **known,
    )  # fmt: skip


async def _count(session: AsyncSession, document: Document, now: datetime) -> Record | None:
    """What people answered about the service at all of its places; few answers are nobody's."""
    records = (await find_records(session, find_listing_ids(document), now)).values()
    record = Record(
        sum(one.answers for one in records),
        sum(one.helped for one in records),
        sum(one.turned_away for one in records),
    )
    return record if record.answers >= FEWEST_ANSWERS else None


async def _say(
    house: House, session: AsyncSession, listings: Sequence[Listing]
) -> Mapping[str, Sequence[str]]:
    """What the bot says of the service now, by language: its line, then its details."""
    here = house.now().astimezone(house.site.timezone)
    lines: dict[str, list[str]] = {language: [] for language in house.site.languages}
    for listing in listings:
        match = await find_service(session, listing["id"], here)
        for language, said in lines.items():
            if match:
                phrases = load_phrases("services", language)
                said.append(render_service(match, phrases, here))
                said.extend(render_details(match, phrases))
    return {language: list(dict.fromkeys(said)) for language, said in lines.items() if said}


async def _tell(house: House, session: AsyncSession, entry: EntryRow) -> list[Told]:
    areas = open_areas(house)
    changes = (await find_changes(session, entry.id))[:MOST_TOLD]
    told = []
    for number, change in enumerate(changes):
        before, after = change.row.before, change.row.after
        if was_open(before, entry.document):
            told.append(Told(change, (), last=False, hidden=True))
            continue
        # What no field shows is told as it is written.
        rows = tell_difference(tell_document(before, areas), tell_document(after, areas))
        rows = rows or tell_difference(before, after)
        told.append(Told(change, rows, last=number == 0, hidden=False))
    return told


def was_open(before: Document | None, now: Document) -> bool:
    """Whether an entry is confidential now, and was not before that change: what stood there then
    may tell where it is.
    """
    return before is not None and is_confidential(now) and not is_confidential(before)


async def _find_neighbours(session: AsyncSession, row: EntryRow) -> list[tuple[str, str]]:
    found = await find_neighbours(session, row.id, find_location_ids(row.document))
    return sorted({one for listed in found.values() for one in listed})
