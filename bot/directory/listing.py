"""From a package's tables to the services that are searched, row by row, refusing what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.directory.areas import Areas, Point
from bot.directory.confidential import Confidential, find_confidential, find_leaks
from bot.directory.languages import parse_language
from bot.directory.needs import parse_needs
from bot.directory.older import is_older, upgrade
from bot.directory.package import Row, Tables
from bot.directory.report import Refusal, Report
from bot.directory.schedule import merge_days, parse_opening
from bot.directory.squares import ANYWHERE, NATIONWIDE, key, square_key

#: A service in one of these states is not offered to anybody.
NOT_OFFERED = frozenset({"inactive", "defunct", "temporarily closed"})
_STATUSES = NOT_OFFERED | {"active", ""}
#: The service area of a line that answers everywhere.
_NATION = frozenset({"united states", "usa", "us", "nationwide", "national"})

#: Characters of a service's id and its place's together.
LONGEST_ID = 500

Listing = dict[str, Any]


@dataclass(frozen=True)
class Index:
    """The tables of a package, ready to be looked up by what they belong to."""

    tables: Mapping[str, Mapping[str, Mapping[str, list[Row]]]]
    terms: Mapping[str, Row]
    confidential: Confidential

    def of(self, table: str, column: str, row_id: str) -> list[Row]:
        """The rows of ``table`` whose ``column`` names ``row_id``."""
        return self.tables[table][column].get(row_id, []) if row_id else []


def build_listings(tables: Tables, areas: Areas, report: Report) -> list[Listing]:
    """Every service that can be offered, as values for the service table.

    Refused rows and leaks are noted in ``report``; the listings must not be used
    when it is not ``ok`` afterwards.
    """
    tables = upgrade(tables) if is_older(tables) else tables
    index = _index(tables)
    report.leaks += find_leaks(tables, index.confidential)
    listings = list(_find_listings(tables, index, areas, report))
    report.refused, report.leaks = (
        list(dict.fromkeys(noted)) for noted in (report.refused, report.leaks)
    )
    report.services = len(listings)
    report.confidential = sum(listing["confidential"] for listing in listings)
    return listings


def _find_listings(tables: Tables, index: Index, areas: Areas, report: Report) -> Iterator[Listing]:
    """Every listing whose id can be the key of a row."""
    taken: set[str] = set()
    for row in _sound_services(tables, index, report):
        for listing in _listings_of(row, index, areas, report):
            if listing["id"] in taken or len(listing["id"]) > LONGEST_ID:
                reason = "its id with its place's is too long or taken"
                report.refused.append(Refusal(row.file, row.number, reason))
            else:
                taken.add(listing["id"])
                yield listing


_LOOKED_UP = {
    "organizations": ("id",),
    "locations": ("id",),
    "service_at_location": ("service_id",),
    "addresses": ("location_id",),
    "phones": ("service_id", "location_id", "organization_id"),
    "schedules": ("service_id", "location_id"),
    "languages": ("service_id", "location_id", "phone_id"),
    "cost_options": ("service_id",),
    "required_documents": ("service_id",),
    "service_areas": ("service_id",),
    "attributes": ("link_id",),
}


def _index(tables: Tables) -> Index:
    looked_up: dict[str, dict[str, dict[str, list[Row]]]] = {}
    for table, columns in _LOOKED_UP.items():
        looked_up[table] = {column: defaultdict(list) for column in columns}
        for row in tables.get(table, ()):
            for column in columns:
                if value := row.get(column):
                    looked_up[table][column][value].append(row)
    terms = {row.get("id"): row for row in tables.get("taxonomy_terms", ())}
    return Index(looked_up, terms, find_confidential(tables))


def _sound_services(tables: Tables, index: Index, report: Report) -> Iterator[Row]:
    """Services with an id of their own, a name, and a status that exists."""
    seen: set[str] = set()
    for row in tables["services"]:
        reason = _find_fault(row, index, seen)
        if reason:
            report.refused.append(Refusal(row.file, row.number, reason))
        else:
            seen.add(row.get("id"))
            if row.get("status").lower() not in NOT_OFFERED:
                yield row


def _find_fault(row: Row, index: Index, seen: set[str]) -> str | None:
    if not row.get("id"):
        return "the service has no id"
    if row.get("id") in seen:
        return "another service has the same id"
    if not row.get("name"):
        return "the service has no name"
    if row.get("status").lower() not in _STATUSES:
        return "the status is none of active, inactive, defunct, temporarily closed"
    if not index.of("organizations", "id", row.get("organization_id")):
        return "its organization is not in the package"
    return None


def _listings_of(row: Row, index: Index, areas: Areas, report: Report) -> Iterator[Listing]:
    """One listing for each place of a service, or one without a place."""
    common = _common(row, index, report)
    located = _locations(row, index)
    needs = common["needs"]
    if not needs:
        report.refused.append(Refusal(row.file, row.number, "no need fits its taxonomy or name"))
        return
    places_of_it: list[Row | None] = [*located] or [None]
    for location in places_of_it:
        listing = {**common, **_whereabouts(row, location, index, areas, report)}
        if not listing["phone"] and not listing["text_line"] and not listing["url"]:
            reason = "nobody could reach it: no phone, no text line, no website"
            report.refused.append(Refusal(row.file, row.number, reason))
            continue
        yield {**listing, "keys": find_keys(listing)}


def _locations(row: Row, index: Index) -> list[Row]:
    """Each place once, however often it is linked or written out."""
    links = index.of("service_at_location", "service_id", row.get("id"))
    ids = dict.fromkeys(link.get("location_id") for link in links)
    return [found[0] for one in ids if (found := index.of("locations", "id", one))]


def _common(row: Row, index: Index, report: Report) -> Listing:
    service_id = row.get("id")
    organization = index.of("organizations", "id", row.get("organization_id"))[0]
    terms = [
        index.terms.get(link.get("taxonomy_term_id"), link)
        for link in index.of("attributes", "link_id", service_id)
    ]
    costs = index.of("cost_options", "service_id", service_id)
    cost = row.get("fees_description") or row.get("fees") or _cost(costs)
    documents = index.of("required_documents", "service_id", service_id)
    return {
        "name": row.get("name"),
        "organization": organization.get("name"),
        "description": row.get("description"),
        "needs": list(parse_needs(_term_codes(terms), _term_words(row, terms))),
        "url": row.get("url") or None,
        "cost": cost or None,
        "free": _is_free(cost, costs),
        "eligibility": row.get("eligibility_description") or None,
        "bring": "; ".join(filter(None, (d.get("document") for d in documents))) or None,
        "verified": _verified(row, report),
    }


def _whereabouts(
    row: Row, location: Row | None, index: Index, areas: Areas, report: Report
) -> Listing:
    service_id, location_id = row.get("id"), location.get("id") if location else ""
    confidential = (
        location_id in index.confidential.locations or service_id in index.confidential.services
    )
    phones = _phones(row, location_id, index)
    served = [area.get("name") for area in index.of("service_areas", "service_id", service_id)]
    nationwide = any(area.casefold() in _NATION for area in served)
    address = None if confidential else _address(location_id, index)
    if confidential:
        latitude, longitude = areas.find_middle(served, whole_town=True)
    else:
        latitude, longitude = _point(location, [*_towns(location_id, index), *served], areas)
    voice = next((p for p in phones if p.get("type").lower() not in _NOT_VOICE), None)
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
        "schedules": _schedules(service_id, location_id, index, report),
    }


_NOT_VOICE = frozenset({"text", "sms", "fax", "tty"})


def _phones(row: Row, location_id: str, index: Index) -> list[Row]:
    """The closest number first: the service's, the place's, the organization's."""
    phones = [
        *index.of("phones", "service_id", row.get("id")),
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
    service_id: str, location_id: str, index: Index, report: Report
) -> list[dict[str, Any]]:
    rows = index.of("schedules", "service_id", service_id) or index.of(
        "schedules", "location_id", location_id
    )
    openings = []
    for row in rows:
        try:
            openings.append(parse_opening(row.values))
        except ValueError:
            reason = "the opening hours hold a time or a day that does not exist"
            report.refused.append(Refusal(row.file, row.number, reason))
    return merge_days(opening for opening in openings if opening)


def _verified(row: Row, report: Report) -> date | None:
    text = (row.get("assured_date") or row.get("last_modified"))[:10]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        report.refused.append(Refusal(row.file, row.number, "assured_date is not a date; left out"))
        return None


def _cost(costs: list[Row]) -> str:
    return "; ".join(
        " ".join(filter(None, (row.get("amount"), row.get("currency").upper(), row.get("option"))))
        for row in costs
    )


def _is_free(cost: str, costs: list[Row]) -> bool:
    amounts = [row.get("amount") for row in costs]
    said = cost.casefold()
    return said.startswith(("free", "no cost", "no fee", "none", "gratis")) or (
        bool(amounts) and all(amount in {"0", "0.0", "0.00"} for amount in amounts)
    )


def _term_codes(terms: list[Row]) -> list[str]:
    return [term.get(name) for term in terms for name in ("code", "taxonomy_term_id", "id")]


def _term_words(row: Row, terms: list[Row]) -> list[str]:
    return [*(term.get("name") for term in terms), row.get("keywords"), row.get("name")]


def find_keys(listing: Listing) -> list[str]:
    """What a listing is found by: each need, anywhere and where it is."""
    keys = [key(need, ANYWHERE) for need in listing["needs"]]
    for need in listing["needs"]:
        if listing["nationwide"]:
            keys.append(key(need, NATIONWIDE))
        elif listing["latitude"] is not None:
            keys.append(square_key(need, listing["latitude"], listing["longitude"]))
    return keys
