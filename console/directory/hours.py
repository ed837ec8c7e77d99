"""Opening hours between a document and the rows of a form. Pure.

What rows of days cannot show, such as the first Monday of a month, is told in words and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.directory.document import find_links, find_locations
from bot.directory.nesting import Document
from bot.directory.schedule import DAYS, merge_days
from console.directory.hour_words import (
    EVERY_DAY,
    is_whole_day,
    open_weekly,
    tell_row,
    tell_schedule,
)
from console.directory.typed import PlaceHours, Typed, TypedHours

#: Whole days, as they are written.
WHOLE_DAY = ("00:00", "23:59")
#: What rows of days can show; anything else in a schedule would be lost in them.
_SHOWN = frozenset({"id", "freq", "byday", "opens_at", "closes_at", "interval", "wkst"})


def find_schedules(document: Document) -> tuple[str, list[Document]]:
    """Whose hours count, and the hours: those at its one place (``link``), the ``service``'s, or
    what the ``location`` itself says. ``console.directory.place_hours`` has those at several.
    """
    links = find_links(document)
    at_places = [one for link in links for one in link.get("schedules", ())]
    if at_places and len(links) == 1:
        return "link", at_places
    own = list(document.get("schedules", ()))
    if own or at_places:
        return "service", own
    locations = find_locations(document).values()
    of_place = [one for location in locations for one in location.get("schedules", ())]
    return ("location" if of_place else "service"), of_place


def is_simple(schedule: Document) -> bool:
    """Whether a row of days shows all that it says."""
    return {name for name, value in schedule.items() if value} <= _SHOWN and open_weekly(
        schedule
    ) != {}


def read_hours(schedules: Iterable[Document]) -> tuple[TypedHours, ...]:
    """Rows of days with what is simple among ``schedules``; the same hours are one row."""
    openings = [open_weekly(one) for one in schedules if is_simple(one)]
    return tuple(
        TypedHours(frozenset(one["days"]), one["opens"], one["closes"])
        for one in merge_days(openings)
    )


def is_always(hours: tuple[TypedHours, ...]) -> bool:
    """Whether it is open day and night."""
    return len(hours) == 1 and hours[0].days == EVERY_DAY and is_whole_day(hours[0])


def write_schedules(document: Document, typed: Typed) -> Document:
    """The document with the rows that were typed in the place of its simple ones."""
    whose, there = find_schedules(document)
    kept = [one for one in there if not is_simple(one) and one.get("id") not in typed.gone_hours]
    rows = write_rows(typed)
    if whose == "link":
        link = {**find_links(document)[0], "schedules": [*rows, *kept]}
        return {**document, "service_at_locations": [link]}
    if whose == "location":  # those of the place stay; what was written is the service's own
        kept = []
    return {**document, "schedules": [*rows, *kept]}


def write_rows(typed: Typed | PlaceHours) -> list[Document]:
    """Schedules for what was typed."""
    rows = (TypedHours(EVERY_DAY, *WHOLE_DAY),) if typed.always else typed.hours
    return [_render(one) for one in rows if not one.is_empty]


def tell_schedules(schedules: Sequence[Document]) -> list[str]:
    """In words, a line for each; the same hours on several days are one."""
    simple = [tell_row(one) for one in read_hours(schedules)]
    return [*simple, *(tell_schedule(one) for one in schedules if not is_simple(one))]


def _render(row: TypedHours) -> Document:
    days = ",".join(DAYS[day] for day in sorted(row.days))
    return {"freq": "WEEKLY", "byday": days, "opens_at": row.opens, "closes_at": row.closes}
