"""Hours of a service that has several places: those at each of them. Pure.

What the service says of itself at a place comes before what it says of all its places, and that
before what a place says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.directory.document import find_links, find_locations
from bot.directory.nesting import Document
from console.directory.hours import (
    find_schedules,
    is_always,
    is_simple,
    read_hours,
    tell_schedules,
    write_rows,
)
from console.directory.places import find_id, read_places
from console.directory.typed import PlaceHours, TypedHours, TypedPlace


def has_several_places(document: Document) -> bool:
    """Whether hours are asked for by place. Those of one place are the service's."""
    return len(find_links(document)) > 1


def read_place_hours(document: Document) -> tuple[PlaceHours, ...]:
    """A block for each place, also where the service says nothing of its own there."""
    return tuple(_read(one, _find_at(document, one)) for one in find_locations(document))


def write_place_hours(document: Document, typed: Iterable[PlaceHours]) -> Document:
    """The document with the hours of those places that were changed."""
    shown = {one.location_id: one for one in read_place_hours(document)}
    for one in typed:
        if shown.get(one.location_id, one) != one:
            document = _write(document, one)
    return document


def find_kept_at(document: Document) -> dict[str, list[Document]]:
    """By place, what days of the week cannot show."""
    return {
        one: [row for row in _find_at(document, one) if not is_simple(row)]
        for one in find_locations(document)
    }


def tell_own_hours(document: Document) -> dict[str, list[str]]:
    """By place, what it says of itself."""
    places = find_locations(document).items()
    return {key: tell_schedules(place.get("schedules", ())) for key, place in places}


def tell_hours(document: Document) -> list[tuple[str, list[str]]]:
    """When the service is open, with the place where that is not the same everywhere."""
    locations = find_locations(document)
    if not locations:
        said = tell_schedules(find_schedules(document)[1])
        return [("", said)] if said else []
    common = document.get("schedules", ())
    told = [
        tell_schedules(_find_at(document, key) or common or location.get("schedules", ()))
        for key, location in locations.items()
    ]
    if all(one == told[0] for one in told):
        return [("", told[0])] if told[0] else []
    names = map(name_place, read_places(document))
    return [(name, said or ["not known"]) for name, said in zip(names, told, strict=True)]


def tell_place_hours(typed: Iterable[PlaceHours], places: Iterable[TypedPlace]) -> str:
    """What was typed for each place that has hours."""
    names = {one.location_id: name_place(one) for one in places}
    told = [
        f"{names.get(one.location_id, '')}: {', '.join(tell_schedules(write_rows(one)))}"
        for one in typed
        if write_rows(one)
    ]
    return "; ".join(told)


def name_place(place: TypedPlace) -> str:
    """By what people who work there know it; of a confidential place no more than that it is."""
    if place.confidential:
        return "Confidential place"
    return place.name or ", ".join(filter(None, (place.address_1, place.city))) or "No address"


def _find_at(document: Document, location_id: str) -> list[Document]:
    links = (link for link in find_links(document) if find_id(link) == location_id)
    return [one for link in links for one in link.get("schedules", ())]


def _read(location_id: str, schedules: Sequence[Document]) -> PlaceHours:
    hours = read_hours(schedules)
    always = is_always(hours)
    return PlaceHours(location_id, always, (() if always else hours) or (TypedHours(),))


def _write(document: Document, typed: PlaceHours) -> Document:
    """What was typed stands where the place is named first, whichever it stood at."""
    there = _find_at(document, typed.location_id)
    kept = [one for one in there if not is_simple(one) and one.get("id") not in typed.gone]
    schedules, links = [*write_rows(typed), *kept], []
    for link in find_links(document):
        if find_id(link) == typed.location_id:
            link, schedules = {**link, "schedules": schedules}, []
        links.append(link)
    return {**document, "service_at_locations": links}
