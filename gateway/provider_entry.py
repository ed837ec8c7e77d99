"""One entry as its provider is shown it: what people are told of it, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.deriving import find_listing_ids
from bot.directory.document import is_confidential
from bot.directory.phrases import Phrases
from bot.directory.schedule import DAYS, LAST_MINUTE, Opening, open_opening
from bot.directory.when import render_clock
from bot.store.capacities import find_capacity
from bot.store.tables import CapacityRow, EntryRow, ServiceRow

#: Places of one service that are shown.
MOST_PLACES = 50


@dataclass(frozen=True)
class Shown:
    """An entry, with the listings that people are told of, and what was said of its beds."""

    entry: EntryRow
    listings: Sequence[ServiceRow]
    capacity: CapacityRow | None

    @property
    def confidential(self) -> bool:
        """Whether any of its places must not be found by strangers."""
        return is_confidential(self.entry.document)


async def find_shown(session: AsyncSession, entry_id: str) -> Shown | None:
    """The entry; ``None`` when it has left the directory."""
    entry = await session.get(EntryRow, entry_id)
    if entry is None:
        return None
    ids = find_listing_ids(entry.document)[:MOST_PLACES]
    rows = await session.scalars(select(ServiceRow).where(ServiceRow.id.in_(ids)))
    listings = sorted(rows, key=lambda row: ids.index(row.id))
    return Shown(entry, listings, await find_capacity(session, entry_id))


def render_places(
    shown: Shown, words: Mapping[str, str], say: Phrases
) -> list[list[tuple[str, str]]]:
    """For each place what is said of it, as pairs of a name and a text."""
    return [
        [(words[name], text) for name, text in _tell(row, words, say) if text]
        for row in shown.listings
    ]


def _tell(row: ServiceRow, words: Mapping[str, str], say: Phrases) -> Iterator[tuple[str, str]]:
    yield "address", words["private"] if row.confidential else row.address or words["nowhere"]
    extension = say.say("extension", extension=row.extension) if row.extension else ""
    yield "phone", f"{row.phone or ''} {extension}".strip()
    yield "text_line", row.text_line or ""
    yield "website", row.url or ""
    yield "hours", _hours(row, words, say) or words["no_hours"]
    yield "languages", say.languages(row.languages)
    yield "cost", row.cost or (say.say("free") if row.free else "")
    yield "for_whom", row.eligibility or ""
    yield "bring", row.bring or ""
    yield "description", row.description


def _hours(row: ServiceRow, words: Mapping[str, str], say: Phrases) -> str:
    return "; ".join(_span(open_opening(one), words, say) for one in row.schedules)


def _span(opening: Opening, words: Mapping[str, str], say: Phrases) -> str:
    daily = len(opening.days) == len(DAYS)
    if daily and (opening.opens, opening.closes) == (time.min, LAST_MINUTE):
        return say.say("always")
    days = words["every_day"] if daily else ", ".join(say.day(one) for one in opening.days)
    return f"{days} {render_clock(opening.opens)} – {render_clock(opening.closes)}"
