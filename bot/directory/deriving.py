"""What follows from a document: the columns of its entry, and the listings that are searched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.directory.areas import Areas
from bot.directory.document import (
    find_assured,
    find_locations,
    find_name,
    find_organization,
    find_status,
    find_tables,
    is_offered,
)
from bot.directory.listing import Listing, build_listings
from bot.directory.nesting import Document
from bot.directory.report import Report


@dataclass(frozen=True)
class Changed:
    """An entry's document before and after. New without a ``before``."""

    before: Document | None
    after: Document


def derive_listings(document: Document, areas: Areas) -> tuple[list[Listing], Report]:
    """One listing for each place of a service that is offered, and what is wrong with it."""
    report = Report()
    listings = build_listings(find_tables(document), areas, report)
    return listings, report


def find_columns(document: Document) -> dict[str, Any]:
    """The values of the entry's row that say again what stands in the document."""
    organization_id, organization = find_organization(document)
    return {
        "id": document["id"],
        "document": document,
        "name": find_name(document),
        "organization": organization,
        "organization_id": organization_id,
        "location_ids": list(find_locations(document)),
        "status": find_status(document),
        "assured": find_assured(document),
    }


def find_listing_ids(document: Document) -> list[str]:
    """The ids of every row that the entry may have in the table ``service``."""
    service_id = document["id"]
    return [service_id, *(f"{service_id}@{one}" for one in find_locations(document))]


def find_new_faults(change: Changed, listings: list[Listing], report: Report, areas: Areas) -> bool:
    """Whether an edited entry may not be kept: what was wrong before does not stop an edit."""
    known: set[str] = set()
    if change.before is not None:
        known = {one.reason for one in derive_listings(change.before, areas)[1].refused}
    new = [one for one in report.refused if one.reason not in known]
    return bool(new) or has_faults(change.after, listings, report)


def has_faults(document: Document, listings: list[Listing], report: Report) -> bool:
    """Whether it would give a confidential place away, or nobody would find the service."""
    is_lost = bool(report.refused) if not is_offered(document) else not listings
    return bool(report.leaks) or is_lost


def name_entry(report: Report, entry_id: str) -> Report:
    """The report of another entry than the one that was edited, saying so."""
    refused, leaks = (
        [replace(one, file=f"{entry_id}: {one.file}") for one in noted]
        for noted in (report.refused, report.leaks)
    )
    return replace(report, refused=refused, leaks=leaks)
