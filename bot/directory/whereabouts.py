"""A service at one of its places: how to reach it, where it is, and when it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.directory.areas import Areas, Point
from bot.directory.index import Index
from bot.directory.languages import parse_language
from bot.directory.report import Refusal, Report
from bot.directory.rows import Row
from bot.directory.schedule import merge_days, parse_opening

#: The service area of a line that answers everywhere.
NATION = frozenset({"united states", "usa", "us", "nationwide", "national"})


def find_whereabouts(
    row: Row, location: Row | None, index: Index, areas: Areas, report: Report
) -> dict[str, Any]:
    """The values of a listing that depend on which of its places a service is at."""
    service_id, location_id = row.get("id"), location.get("id") if location else ""
    confidential = (
        location_id in index.confidential.locations or service_id in index.confidential.services
    )
    links = _find_links(service_id, location_id, index)
    phones = _phones(row, location_id, links, index)
    served = [area.get("name") for area in index.of("service_areas", "service_id", service_id)]
    nationwide = any(area.casefold() in NATION for area in served)
    address = None if confidential else _address(location_id, index)
    if confidential:
        latitude, longitude = areas.find_middle(served, whole_town=True)
    else:
        latitude, longitude = _point(location, [*_towns(location_id, index), *served], areas)
    voice = next((p for p in phones if p.get("type").lower() not in NOT_VOICE), None)
    text = next((p for p in phones if p.get("type").lower() in {"text", "sms"}), None)
    return {
        "id": f"{service_id}@{location_id}" if location_id else service_id,
        "phone": voice.get("number") if voice else None,
        "extension": (voice.get("extension") or None) if voice else None,
        "text_line": text.get("number") if text else None,
        "address": address,
        "latitude": None if nationwide else latitude,
        "longitude": None if nationwide else longitude,
        "confidential": confidential,
        "nationwide": nationwide,
        "languages": _languages(service_id, location_id, phones, index),
        "schedules": _schedules(service_id, location_id, links, index, report),
    }


NOT_VOICE = frozenset({"text", "sms", "fax", "tty"})


def _find_links(service_id: str, location_id: str, index: Index) -> list[str]:
    """Ids of what HSDS has about a service at this one place."""
    links = index.of("service_at_location", "service_id", service_id)
    return [link.get("id") for link in links if link.get("location_id") == location_id]


def _of_links(table: str, links: list[str], index: Index) -> list[Row]:
    return [row for link in links for row in index.of(table, "service_at_location_id", link)]


def _phones(row: Row, location_id: str, links: list[str], index: Index) -> list[Row]:
    """The closest number first: the service's, its own at the place, the place's, the
    organization's.
    """
    phones = [
        *index.of("phones", "service_id", row.get("id")),
        *_of_links("phones", links, index),
        *index.of("phones", "location_id", location_id),
        *index.of("phones", "organization_id", row.get("organization_id")),
    ]
    return [phone for phone in phones if phone.get("number")]


def _point(location: Row | None, near: Iterable[str], areas: Areas) -> Point:
    """Degrees of a place that anybody may know, or else of what it is near."""
    try:
        latitude, longitude = (
            float(location.get(name) if location else "") for name in ("latitude", "longitude")
        )
    except ValueError:
        return areas.find_middle(near, whole_town=False)
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    return areas.find_middle(near, whole_town=False)


def _address(location_id: str, index: Index) -> str | None:
    for row in index.of("addresses", "location_id", location_id):
        parts = (row.get("address_1"), row.get("address_2"), row.get("city"))
        line = ", ".join(filter(None, parts))
        return " ".join(filter(None, (line, row.get("state_province"), row.get("postal_code"))))
    return None


def _towns(location_id: str, index: Index) -> Iterator[str]:
    """What says where an address is, without its house number, which may look like a ZIP code."""
    for row in index.of("addresses", "location_id", location_id):
        yield row.get("postal_code")
        yield f"{row.get('city')}, {row.get('state_province')}"


def _languages(service_id: str, location_id: str, phones: list[Row], index: Index) -> list[str]:
    rows = [
        *index.of("languages", "service_id", service_id),
        *index.of("languages", "location_id", location_id),
        *(row for phone in phones for row in index.of("languages", "phone_id", phone.get("id"))),
    ]
    codes = (parse_language(row.get("code") or row.get("name")) for row in rows)
    return list(dict.fromkeys(code for code in codes if code))


def _schedules(
    service_id: str, location_id: str, links: list[str], index: Index, report: Report
) -> list[dict[str, Any]]:
    """The service's own hours at the place, or else all of its own, or else the place's."""
    rows = (
        _of_links("schedules", links, index)
        or index.of("schedules", "service_id", service_id)
        or index.of("schedules", "location_id", location_id)
    )
    openings = []
    for row in rows:
        try:
            openings.append(parse_opening(row.values))
        except ValueError:
            reason = "the opening hours hold a time or a day that does not exist"
            report.refused.append(Refusal(row.file, row.number, reason))
    return merge_days(opening for opening in openings if opening)
