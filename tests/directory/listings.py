"""Services for the search: the same one again and again, but for what a test names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.directory.listing import Listing, find_keys
from bot.directory.places import Place

#: A Thursday.
NOW = datetime(2026, 3, 12, 14, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
HOME = Place("Alder Falls", "OR", 44.62, -122.87, "97999")
#: A degree of latitude.
MILES = 69.1
ALWAYS = {
    "days": list(range(7)),
    "opens": "00:00",
    "closes": "23:59",
    "valid_from": None,
    "valid_to": None,
}
MORNINGS = {**ALWAYS, "opens": "08:00", "closes": "12:00"}


def make_listing(service_id: str, *, miles: float | None = 0.0, **changes: Any) -> Listing:
    """A food pantry so many miles north of home, or nowhere; open, checked, English."""
    listing: Listing = {
        "id": service_id,
        "name": f"Pantry {service_id}",
        "organization": "Pantries",
        "description": "Groceries.",
        "needs": ["food"],
        "phone": "503-555-0100",
        "extension": None,
        "text_line": None,
        "url": None,
        "address": None,
        "latitude": None if miles is None else HOME.latitude + miles / MILES,
        "longitude": None if miles is None else HOME.longitude,
        "confidential": False,
        "nationwide": False,
        "languages": ["en"],
        "cost": None,
        "free": False,
        "eligibility": None,
        "bring": None,
        "schedules": [ALWAYS],
        "verified": date(2026, 3, 1),
        **changes,
    }
    return {**listing, "keys": find_keys(listing)}


def make_national(service_id: str, **changes: Any) -> Listing:
    """A line that answers everywhere."""
    return make_listing(service_id, miles=None, nationwide=True, **changes)
