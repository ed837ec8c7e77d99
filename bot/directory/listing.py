"""From a package's tables to the services that are searched, row by row, refusing what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.directory.areas import Areas
from bot.directory.confidential import find_leaks, may_be_about
from bot.directory.index import Index, build_index
from bot.directory.needs import parse_needs
from bot.directory.report import Refusal, Report
from bot.directory.rows import Row, Tables
from bot.directory.squares import ANYWHERE, NATIONWIDE, key, square_key
from bot.directory.whereabouts import find_whereabouts
from bot.store.entries import NOT_OFFERED

_STATUSES = NOT_OFFERED | {"active", ""}

#: Characters of a service's id and its place's together.
LONGEST_ID = 500
TAKEN = "its id with its place's is too long or taken"

Listing = dict[str, Any]


def build_listings(tables: Tables, areas: Areas, report: Report) -> list[Listing]:
    """Every service that can be offered, as values for the service table.

    Refused rows and leaks are noted in ``report``; the listings must not be used
    when it is not ``ok`` afterwards.
    """
    index = build_index(tables)
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
                report.refused.append(Refusal(row.file, row.number, TAKEN))
            else:
                taken.add(listing["id"])
                yield listing


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
    links = index.of("service_at_location", "service_id", row.get("id"))
    named = [row.get("organization_id"), *(link.get("location_id") for link in links)]
    if len(row.get("id")) > LONGEST_ID or any(len(one) > LONGEST_ID for one in named):
        return TAKEN
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
        listing = {**common, **find_whereabouts(row, location, index, areas, report)}
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
        if may_be_about(link, "service")
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
