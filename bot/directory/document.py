"""One service as an HSDS 3 API says it: what is read from such a document, and how it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.directory.confidential import TERM, find_confidential
from bot.directory.errors import DocumentUnreadable
from bot.directory.flattening import flatten, make_id, without_repeats
from bot.directory.nesting import Document, Nesting
from bot.directory.rows import Tables
from bot.store.entries import NOT_OFFERED

#: What an entry's status is when it does not say one.
ACTIVE = "active"


@dataclass(frozen=True)
class Spot:
    """A place where a service is given. ``confidential``: it has no address, and must have none.

    ``latitude`` and ``longitude`` are in degrees.
    """

    location_id: str
    name: str
    confidential: bool
    address_1: str
    address_2: str
    city: str
    state: str
    postal_code: str
    latitude: float | None
    longitude: float | None


def open_document(untrusted: Any) -> Document:
    """A document as it is kept: objects have ids, numbers are numbers, empty fields are left out,
    and a place that is confidential because of something else says so itself.

    Raises :class:`DocumentUnreadable` when it is no service with an id and a name.
    """
    if not isinstance(untrusted, dict):
        raise DocumentUnreadable
    try:
        document = _settle(untrusted)
    except RecursionError as error:
        raise DocumentUnreadable from error
    return mark_places(document, find_confidential(find_tables(document)).locations)


def find_tables(document: Document) -> Tables:
    """The document as tables. A row's file is its table, and its number its place in that."""
    tables: Tables = {}
    flatten(tables, None, 0, "services", document)
    return without_repeats(tables)


def mark_places(document: Document, locations: frozenset[str]) -> Document:
    """The document in which each of those locations says itself that it is confidential.

    What makes it so may stand in another service's document, or change there.
    """
    links = [_mark(link, locations) for link in find_links(document)]
    return {**document, "service_at_locations": links} if links else document


def find_marks(held: Document) -> list[Document]:
    """The attributes of an object that say that it is confidential."""
    return [one for one in held.get("attributes", ()) if TERM in _find_words(one)]


def with_marks_of(held: Document, other: Document) -> Document:
    """An object with the marks that the other has, unless it is marked itself."""
    marks = [] if find_marks(held) else find_marks(other)
    return {**held, "attributes": [*held.get("attributes", ()), *marks]} if marks else held


def find_name(document: Document) -> str:
    """What the service is called."""
    return _text(document, "name")


def find_organization(document: Document) -> tuple[str, str]:
    """Id and name of the organization; empty when it has none."""
    organization = document.get("organization")
    held = organization if isinstance(organization, dict) else {}
    return _text(held, "id"), _text(held, "name")


def find_links(document: Document) -> list[Document]:
    """Each place of the service with what is said of the service there."""
    links = document.get("service_at_locations")
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def find_locations(document: Document) -> dict[str, Document]:
    """The locations themselves, by id."""
    held = (link.get("location") for link in find_links(document))
    return {_text(one, "id"): one for one in held if isinstance(one, dict) and one.get("id")}


def find_spots(document: Document) -> list[Spot]:
    """The service's places, in their order."""
    hidden = find_confidential(find_tables(document)).locations
    return [
        _spot(location_id, location, location_id in hidden)
        for location_id, location in find_locations(document).items()
    ]


def is_confidential(document: Document) -> bool:
    """Whether the service or any of its places must not be found by strangers."""
    found = find_confidential(find_tables(document))
    return bool(found.locations or found.services)


def becomes_confidential(before: Document, after: Document) -> bool:
    """Whether a place that anybody might know is hidden from now on."""
    if is_confidential(after) and not is_confidential(before):
        return True
    known = {spot.location_id for spot in find_spots(before) if not spot.confidential}
    return any(spot.confidential and spot.location_id in known for spot in find_spots(after))


def find_assured(document: Document) -> date | None:
    """When somebody last made sure of the entry."""
    text = _text(document, "assured_date") or _text(document, "last_modified")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def find_status(document: Document) -> str:
    """``active`` or why it is not offered, in lower case."""
    return _text(document, "status").lower() or ACTIVE


def is_offered(document: Document) -> bool:
    """Whether people are told of the service."""
    return find_status(document) not in NOT_OFFERED


def _settle(untrusted: dict[str, Any]) -> Document:
    """The document that its own tables give."""
    tables = find_tables(untrusted)
    own = tables["services"][-1]
    if not own.get("id") or not own.get("name"):
        raise DocumentUnreadable
    return Nesting({**tables, "services": [own]}).nest(own)


def _mark(link: Document, locations: frozenset[str]) -> Document:
    location = link.get("location")
    if not isinstance(location, dict) or _text(location, "id") not in locations:
        return link
    attributes = location.get("attributes", [])
    if find_marks(location):
        return link
    mark = {"id": make_id("mark", {"location": location["id"]}), "value": TERM}
    return {**link, "location": {**location, "attributes": [*attributes, mark]}}


def _find_words(attribute: Document) -> Iterator[str]:
    """All in which an attribute may say what it marks."""
    yield from (_text(attribute, name).lower() for name in ("value", "taxonomy_term_id"))
    term = attribute.get("taxonomy_term")
    if isinstance(term, dict):
        yield from (_text(term, name).lower() for name in ("id", "code", "name"))


def _spot(location_id: str, location: Document, confidential: bool) -> Spot:
    addresses = location.get("addresses") or [{}]
    address, degrees = addresses[0], [location.get(name) for name in ("latitude", "longitude")]
    latitude, longitude = (one if isinstance(one, int | float) else None for one in degrees)
    return Spot(
        location_id=location_id,
        name=_text(location, "name"),
        confidential=confidential,
        address_1=_text(address, "address_1"),
        address_2=_text(address, "address_2"),
        city=_text(address, "city"),
        state=_text(address, "state_province"),
        postal_code=_text(address, "postal_code"),
        latitude=latitude,
        longitude=longitude,
    )


def _text(held: Document, name: str) -> str:
    value = held.get(name)
    return "" if value is None else str(value).strip()
