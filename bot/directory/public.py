"""What other directories are told of an entry: the second wall around confidential places.

The database has left out what must not be seen (``bot.store.open_entries``); here each document
is looked at once more by itself. ``docs/decisions/0012-what-the-public-directory-leaves-out.md``
says what is left out and why.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from bot.directory.capacity import render_document
from bot.directory.confidential import find_confidential
from bot.directory.document import find_links, find_organization, find_tables, is_offered
from bot.directory.flattening import make_id
from bot.directory.needs import NEEDS, TERM
from bot.directory.nesting import Document
from bot.store.open_entries import OpenEntry

#: The one taxonomy of which there are lists.
TAXONOMY: Document = {
    "id": "needs",
    "name": "Needs",
    "description": "The twelve needs by which services are found here.",
}
TERMS: dict[str, Document] = {
    f"{TERM}{need}": {
        "id": f"{TERM}{need}",
        "code": f"{TERM}{need}",
        "name": need.capitalize(),
        "description": f"Helps with: {need}",
        "taxonomy_id": TAXONOMY["id"],
        "taxonomy_detail": TAXONOMY,
    }
    for need in NEEDS
}


def render_service(entry: OpenEntry, *, discreet: bool) -> Document | None:
    """The service with its open places, or ``None`` if nobody may be told of it.

    ``discreet``: its organization also runs a confidential place.
    """
    document = entry.row.document
    hidden = find_confidential(find_tables(document))
    links = _find_open_links(entry, hidden.locations)
    only_hidden = bool(find_links(document)) and not links
    if not is_offered(document) or entry.row.id in hidden.services or only_hidden:
        return None
    discreet = discreet or bool(hidden.locations)
    return {
        **render_document(document, entry.capacity),
        "organization": _render_organization(document, discreet=discreet),
        "service_at_locations": links,
        "attributes": _with_needs(entry, document.get("attributes", [])),
        "last_modified": entry.row.changed_at.astimezone(UTC).isoformat(),
    }


def render_organization(entry: OpenEntry, *, discreet: bool) -> Document | None:
    """The organization of an entry, if anybody may be told of the entry."""
    service = render_service(entry, discreet=discreet)
    return service["organization"] if service else None


def render_place(entry: OpenEntry, location_id: str, *, discreet: bool) -> Document | None:
    """The service at one of its open places, with the service in it."""
    service = render_service(entry, discreet=discreet)
    if service is None:
        return None
    links = service.pop("service_at_locations")
    found = next((one for one in links if one["location"]["id"] == location_id), None)
    return {**found, "service": service} if found else None


def name_place(entry_id: str, location_id: str) -> str:
    """The id of a service at a place, as the search has it: it never changes."""
    return f"{entry_id}@{location_id}"


def _find_open_links(entry: OpenEntry, hidden: frozenset[str]) -> list[Document]:
    seen: dict[str, Document] = {}
    for link in find_links(entry.row.document):
        location: Any = link.get("location")
        location_id = location.get("id") if isinstance(location, dict) else None
        if location_id in entry.places and location_id not in hidden:
            named = {**link, "id": name_place(entry.row.id, location_id)}
            seen.setdefault(location_id, named)
    return list(seen.values())


def _render_organization(document: Document, *, discreet: bool) -> Document:
    """Of one that also runs a confidential place, no more than what it is called."""
    organization_id, name = find_organization(document)
    if discreet:
        return {"id": organization_id, "name": name}
    return {**document["organization"], "id": organization_id, "name": name}


def _with_needs(entry: OpenEntry, attributes: list[Document]) -> list[Document]:
    """The attributes, with the needs that were read from the words alone."""
    terms = [one.get("taxonomy_term") for one in attributes]
    said = {one.get("id") for one in terms if isinstance(one, dict)}
    missing = [TERMS[f"{TERM}{need}"] for need in entry.needs if f"{TERM}{need}" not in said]
    made = [
        {
            "id": make_id("need", {"service": entry.row.id, "term": term["id"]}),
            "taxonomy_term": term,
        }
        for term in missing
    ]
    return [*attributes, *made]
