"""Places of a service between its document and its form. Pure.

Nothing is decided here of what may be kept of a confidential place: an address that was typed
beside the mark goes on, and is refused by ``bot.directory``.
"""

from __future__ import annotations

import uuid
from typing import Any

from bot.directory.confidential import TERM
from bot.directory.document import find_links, find_locations, find_spots
from bot.directory.nesting import Document
from console.directory.typed import TypedPlace

_COLUMNS = {
    "address_1": "address_1",
    "address_2": "address_2",
    "city": "city",
    "state": "state_province",
    "postal_code": "postal_code",
}


def read_places(document: Document) -> tuple[TypedPlace, ...]:
    """Each place as a form shows it."""
    return tuple(
        TypedPlace(
            location_id=spot.location_id,
            name=spot.name,
            confidential=spot.confidential,
            address_1=spot.address_1,
            address_2=spot.address_2,
            city=spot.city,
            state=spot.state,
            postal_code=spot.postal_code,
        )
        for spot in find_spots(document)
    )


def write_places(document: Document, typed: tuple[TypedPlace, ...]) -> Document:
    """The document at these places. What a form does not show of a place stays."""
    before = {one.location_id: one for one in read_places(document)}
    # A link that names a place without having it shows nothing, and stays.
    written = [link for link in find_links(document) if not find_id(link)]
    for place in typed:
        if not place.is_empty:
            links = [link for link in find_links(document) if find_id(link) == place.location_id]
            known = before.get(place.location_id)
            # A place that is linked twice is one row of the form.
            written += [_write_link(link, known, place) for link in (known and links) or [{}]]
    opened = any(one.opened for one in typed) and not any(one.confidential for one in typed)
    changed = {**document, "service_at_locations": written}
    return _unmark(changed) if opened else changed


def has_marked_organization(document: Document) -> bool:
    """Whether all services of its organization are confidential, so that this one is too."""
    organization = document.get("organization")
    return isinstance(organization, dict) and any(map(_is_mark, _attributes(organization)))


def find_location_ids(document: Document) -> list[str]:
    """The places that others may share."""
    return list(find_locations(document))


def _write_link(link: Document, before: TypedPlace | None, place: TypedPlace) -> Document:
    location: Document = dict(link.get("location", {}))
    if before is None:
        location = {"id": place.location_id or str(uuid.uuid4()), "location_type": "physical"}
    if before is None or place.name != before.name:
        location["name"] = place.name
    if before is None or place.address != before.address:
        location["addresses"] = _write_address(location, place)
    if place.confidential or before is None or place.address != before.address:
        location.pop("latitude", None)
        location.pop("longitude", None)
    if place.confidential and not (before and before.confidential):
        location["attributes"] = [*_attributes(location), {"value": TERM}]
    if place.opened and not place.confidential:
        location, link = _unmark(location), _unmark(link)
    return {**link, "location": location}


def _write_address(location: Document, place: TypedPlace) -> list[Document]:
    """The first address as it was typed; others of the same place stay."""
    first, *others = location.get("addresses") or [{"country": "US", "address_type": "physical"}]
    if not any(place.address):
        return others
    typed = {column: getattr(place, name) for name, column in _COLUMNS.items()}
    return [{**first, **typed}, *others]


def _unmark(held: Document) -> Document:
    """The same without the mark of a confidential place."""
    if "attributes" not in held:
        return held
    return {**held, "attributes": [one for one in _attributes(held) if not _is_mark(one)]}


def _is_mark(attribute: Any) -> bool:
    if not isinstance(attribute, dict):
        return False
    term = attribute.get("taxonomy_term")
    named = term if isinstance(term, dict) else {}
    words = [attribute.get("value"), attribute.get("taxonomy_term_id")]
    words += [named.get(name) for name in ("id", "code", "name")]
    return TERM in {str(word).strip().lower() for word in words}


def _attributes(held: Document) -> list[Any]:
    found = held.get("attributes")
    return found if isinstance(found, list) else []


def find_id(link: Document) -> str:
    """Of the place that a link has; empty when it has none."""
    location = link.get("location")
    return str(location.get("id", "")) if isinstance(location, dict) else ""
