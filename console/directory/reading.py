"""From a document to the fields of its form. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.directory.areas import Areas
from bot.directory.deriving import derive_listings
from bot.directory.document import find_name, find_organization, find_status
from bot.directory.listing import Listing
from bot.directory.needs import TERM, parse_needs
from bot.directory.nesting import Document
from bot.directory.whereabouts import NATION, NOT_VOICE
from console.directory.hour_words import tell_row, tell_schedule
from console.directory.hours import find_schedules, is_always, is_simple, read_hours
from console.directory.place_hours import (
    find_kept_at,
    has_several_places,
    read_place_hours,
    tell_place_hours,
)
from console.directory.places import read_places
from console.directory.typed import LABELS, STATUSES, Typed, TypedHours, TypedPlace

#: What texts are sent to, as HSDS calls it.
TEXT_LINES = frozenset({"text", "sms"})
#: Fields of our own in a document: why nobody is told of it, and the id of its double that stays.
WHY_AWAY, SAME_AS = "why_not_offered", "same_as"

#: What acts of their own say, and no field of the form.
_NOTES = {
    "assured_date": "Last made sure of",
    WHY_AWAY: "Why it is not offered",
    SAME_AS: "The same as",
}


def find_listing(document: Document, areas: Areas) -> Listing | None:
    """What people are told of the service at its first place, or would be if it was offered."""
    listings, _ = derive_listings({**document, "status": "active"}, areas)
    return listings[0] if listings else None


def read_document(document: Document, areas: Areas) -> Typed:
    """The form as it is first shown."""
    listing: Listing = find_listing(document, areas) or {}
    voice, text = find_phone(document, text=False), find_phone(document, text=True)
    whose, schedules = find_schedules(document)
    hours = () if whose == "location" else read_hours(schedules)
    served = [say(area, "name") for area in find_list(document, "service_areas")]
    return Typed(
        name=find_name(document),
        organization=find_organization(document)[1],
        needs=frozenset(listing.get("needs") or read_needs(document)),
        description=prose(say(document, "description")),
        phone=say(voice, "number"),
        extension=say(voice, "extension"),
        text_line=say(text, "number"),
        url=say(document, "url"),
        places=read_places(document) or (TypedPlace(),),
        areas="\n".join(area for area in served if not is_nation(area)),
        nationwide=any(map(is_nation, served)),
        always=is_always(hours),
        hours=(() if is_always(hours) else hours) or (TypedHours(),),
        place_hours=read_place_hours(document) if has_several_places(document) else (),
        languages=", ".join(map(find_language, find_list(document, "languages"))),
        cost=prose(listing.get("cost") or say(document, "fees_description")),
        free=bool(listing.get("free")),
        eligibility=prose(say(document, "eligibility_description")),
        bring="\n".join(say(one, "document") for one in find_list(document, "required_documents")),
        status=find_status(document),
    )


def find_kept_hours(document: Document) -> list[tuple[str, str]]:
    """Id and words of the hours that rows of days cannot show."""
    whose, schedules = find_schedules(document)
    if whose == "location":  # those are not the service's to take away
        return []
    return [_tell_kept(one) for one in schedules if not is_simple(one)]


def find_kept_at_places(document: Document) -> dict[str, list[tuple[str, str]]]:
    """The same of what the service says of itself at each place."""
    return {key: list(map(_tell_kept, kept)) for key, kept in find_kept_at(document).items()}


def tell_fields(typed: Typed) -> dict[str, Any]:
    """The fields with their labels, as texts, to be compared with others."""
    held = {
        **vars(typed),
        "needs": ", ".join(sorted(typed.needs)),
        "places": "; ".join(_tell_place(one) for one in typed.places if not one.is_empty),
        "hours": "; ".join(tell_row(one) for one in typed.hours if not one.is_empty),
        "place_hours": tell_place_hours(typed.place_hours, typed.places),
        "status": STATUSES.get(typed.status, typed.status),
    }
    return {label: held[name] for name, label in LABELS.items() if held[name] != ""}


def tell_document(document: Document | None, areas: Areas) -> dict[str, Any]:
    """All that people read of a document, with labels; empty without one."""
    if document is None:
        return {}
    return {
        **tell_fields(read_document(document, areas)),
        "Other hours": "; ".join(_find_all_kept(document)),
        **{label: say(document, name) for name, label in _NOTES.items()},
    }


def find_phone(document: Document, *, text: bool) -> Document:
    """The service's own number to call, or to text; empty without one."""
    phones = find_list(document, "phones")
    wanted = (one for one in phones if is_line(one, text=text))
    return next(wanted, {})


def is_line(phone: Document, *, text: bool) -> bool:
    """Whether a phone is one that people may text, or else may call."""
    kind = say(phone, "type").lower()
    return bool(phone.get("number")) and (kind in TEXT_LINES if text else kind not in NOT_VOICE)


def read_needs(document: Document) -> Iterable[str]:
    """The needs that the service's taxonomy says outright."""
    terms = (one.get("taxonomy_term") for one in find_list(document, "attributes"))
    codes = [say(one, name) for one in terms if isinstance(one, dict) for name in ("code", "id")]
    return parse_needs([code for code in codes if code.startswith(TERM)], ())


def find_language(row: Document) -> str:
    """What a language is called, or its code."""
    return say(row, "name") or say(row, "code")


def find_list(document: Document, name: str) -> list[Document]:
    """The objects of a list inside of the document."""
    found = document.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def is_nation(area: str) -> bool:
    """Whether an area is the whole country."""
    return area.casefold() in NATION


def say(held: Document, name: str) -> str:
    """A value as text; empty when there is none."""
    value = held.get(name)
    return "" if value is None else str(value).strip()


def prose(text: str) -> str:
    """A text on one line, as it is shown and as forms bring it back."""
    return " ".join(text.split())


def _tell_kept(schedule: Document) -> tuple[str, str]:
    return say(schedule, "id"), tell_schedule(schedule)


def _find_all_kept(document: Document) -> list[str]:
    kept = find_kept_hours(document)
    if has_several_places(document):
        kept += [one for at_place in find_kept_at_places(document).values() for one in at_place]
    return [words for _, words in kept]


def _tell_place(place: TypedPlace) -> str:
    if place.confidential:
        return ", ".join(filter(None, (place.name, "confidential, no address is kept")))
    return ", ".join(filter(None, (place.name, *place.address)))
