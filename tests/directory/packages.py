"""One small directory in each of the three layouts, and ways to write it down.

A confidential shelter, a clinic with a door that anybody may know, and a national
line. Each layout is written out by hand, so that none is made from another.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[Mapping[str, str]]

SHELTER = "Safe beds for the night. Call first."
CLINIC = "Doctors and nurses, no questions about papers."
LINE = "Trained people listen."
WHOLE_WEEK = "MO,TU,WE,TH,FR,SA,SU"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def write_csv(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """One file for each table, with every column that any of its rows has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_json(folder: Path, content: Any) -> Path:
    """A file of JSON; what UTF-8 cannot hold is escaped."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "package.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def tabular() -> dict[str, list[dict[str, str]]]:
    """HSDS 3.x, one table for each object."""
    return {
        "organizations": [
            {"id": "org-1", "name": "Harbor House", "description": "A shelter."},
            {"id": "org-2", "name": "River Clinic", "description": "A clinic."},
            {"id": "org-3", "name": "National Line", "description": "A line."},
        ],
        "services": [
            {
                "id": "svc-1",
                "organization_id": "org-1",
                "name": "Harbor House shelter",
                "description": SHELTER,
                "status": "active",
                "fees_description": "Free",
                "eligibility_description": "Women and children",
                "assured_date": "2026-02-01",
            },
            {
                "id": "svc-2",
                "organization_id": "org-2",
                "name": "Walk-in clinic",
                "description": CLINIC,
                "status": "active",
                "fees_description": "$10 a visit",
                "url": "https://clinic.example",
                "assured_date": "2026-01-15",
            },
            {
                "id": "svc-3",
                "organization_id": "org-3",
                "name": "Talk line",
                "description": LINE,
                "status": "active",
                "fees_description": "Free",
                "assured_date": "2026-03-01",
            },
        ],
        "locations": [
            {"id": "loc-1", "organization_id": "org-1", "location_type": "physical"},
            {
                "id": "loc-2",
                "organization_id": "org-2",
                "location_type": "physical",
                "latitude": "44.622",
                "longitude": "-122.86",
            },
        ],
        "service_at_location": [
            {"id": "at-1", "service_id": "svc-1", "location_id": "loc-1"},
            {"id": "at-2", "service_id": "svc-2", "location_id": "loc-2"},
        ],
        "addresses": [
            {
                "id": "adr-2",
                "location_id": "loc-2",
                "address_1": "12 Sample Street",
                "city": "Alder Falls",
                "state_province": "OR",
                "postal_code": "97999",
            }
        ],
        "phones": [
            {"id": "ph-1", "service_id": "svc-1", "number": "503-555-0100", "type": "voice"},
            {
                "id": "ph-2",
                "service_id": "svc-2",
                "number": "503-555-0101",
                "type": "voice",
                "extension": "7",
            },
            {"id": "ph-3", "service_id": "svc-2", "number": "503-555-0102", "type": "text"},
            {"id": "ph-4", "service_id": "svc-3", "number": "1-800-799-7233", "type": "voice"},
        ],
        "schedules": [
            _weekly("sch-1", "svc-1", WHOLE_WEEK, "00:00", "23:59"),
            _weekly("sch-2", "svc-2", "MO,TU,WE,TH,FR", "09:00", "17:00"),
        ],
        "languages": [
            {"id": "lng-1", "service_id": "svc-1", "name": "Spanish", "code": "es"},
            {"id": "lng-2", "service_id": "svc-2", "name": "English", "code": "en"},
        ],
        "service_areas": [
            {"id": "area-1", "service_id": "svc-1", "name": "Alder Falls, OR"},
            {"id": "area-3", "service_id": "svc-3", "name": "United States"},
        ],
        "required_documents": [
            {"id": "doc-2", "service_id": "svc-2", "document": "ID if you have one"}
        ],
        "attributes": [
            {"id": "att-1", "link_id": "svc-1", "taxonomy_term_id": "need-housing"},
            {"id": "att-2", "link_id": "loc-1", "taxonomy_term_id": "confidential"},
            {"id": "att-3", "link_id": "svc-2", "taxonomy_term_id": "need-health"},
            {"id": "att-4", "link_id": "svc-3", "taxonomy_term_id": "need-talk"},
        ],
    }


def nested() -> list[dict[str, Any]]:
    """HSDS 3.x as its API says it: each service holds what belongs to it."""
    return [
        {
            "id": "svc-1",
            "name": "Harbor House shelter",
            "description": SHELTER,
            "status": "active",
            "fees_description": "Free",
            "eligibility_description": "Women and children",
            "assured_date": "2026-02-01",
            "organization": {"id": "org-1", "name": "Harbor House"},
            "phones": [{"id": "ph-1", "number": "503-555-0100", "type": "voice"}],
            "schedules": [{"byday": WHOLE_WEEK, "opens_at": "00:00", "closes_at": "23:59"}],
            "languages": [{"name": "Spanish", "code": "es"}],
            "service_areas": [{"name": "Alder Falls, OR"}],
            "attributes": [_term("need-housing", "Housing")],
            "service_at_locations": [
                {
                    "id": "at-1",
                    "location": {
                        "id": "loc-1",
                        "location_type": "physical",
                        "attributes": [_term("t-9", "Confidential")],
                    },
                }
            ],
        },
        {
            "id": "svc-2",
            "name": "Walk-in clinic",
            "description": CLINIC,
            "status": "active",
            "fees_description": "$10 a visit",
            "url": "https://clinic.example",
            "assured_date": "2026-01-15",
            "organization": {"id": "org-2", "name": "River Clinic"},
            "phones": [
                {"id": "ph-2", "number": "503-555-0101", "type": "voice", "extension": 7},
                {"id": "ph-3", "number": "503-555-0102", "type": "text"},
            ],
            "schedules": [
                {
                    "freq": "WEEKLY",
                    "byday": "MO,TU,WE,TH,FR",
                    "opens_at": "09:00",
                    "closes_at": "17:00",
                }
            ],
            "languages": [{"name": "English"}],
            "required_documents": [{"document": "ID if you have one"}],
            "attributes": [_term("need-health", "Health")],
            "service_at_locations": [
                {
                    "id": "at-2",
                    "location": {
                        "id": "loc-2",
                        "latitude": 44.622,
                        "longitude": -122.86,
                        "addresses": [
                            {
                                "address_1": "12 Sample Street",
                                "city": "Alder Falls",
                                "state_province": "OR",
                                "postal_code": "97999",
                            }
                        ],
                    },
                }
            ],
        },
        {
            "id": "svc-3",
            "name": "Talk line",
            "description": LINE,
            "status": "active",
            "fees_description": "Free",
            "assured_date": "2026-03-01",
            "organization": {"id": "org-3", "name": "National Line"},
            "phones": [{"number": "1-800-799-7233", "type": "voice"}],
            "service_areas": [{"name": "United States"}],
            "attributes": [_term("need-talk", "Talk")],
        },
    ]


def older() -> dict[str, list[dict[str, str]]]:
    """HSDS 1.x as Ohana exports it: a service has one location, a day has one row of hours."""
    content = tabular()
    return {
        "organizations": content["organizations"],
        "locations": content["locations"],
        "addresses": content["addresses"],
        "services": [
            {
                "id": "svc-1",
                "location_id": "loc-1",
                "name": "Harbor House shelter",
                "description": SHELTER,
                "status": "active",
                "fees": "Free",
                "eligibility": "Women and children",
                "languages": "Spanish",
                "service_areas": "Alder Falls, OR",
                "taxonomy_ids": "101, 109",
                "last_modified": "2026-02-01",
            },
            {
                "id": "svc-2",
                "location_id": "loc-2",
                "name": "Walk-in clinic",
                "description": CLINIC,
                "status": "active",
                "fees": "$10 a visit",
                "languages": "English",
                "required_documents": "ID if you have one",
                "website": "https://clinic.example",
                "taxonomy_ids": "102",
                "last_modified": "2026-01-15",
            },
            {
                "id": "svc-3",
                "organization_id": "org-3",
                "name": "Talk line",
                "description": LINE,
                "status": "active",
                "fees": "Free",
                "service_areas": "United States",
                "taxonomy_ids": "need-talk",
                "last_modified": "2026-03-01",
            },
        ],
        "phones": [
            {"id": "1", "service_id": "svc-1", "number": "503-555-0100", "number_type": "voice"},
            {
                "id": "2",
                "service_id": "svc-2",
                "number": "503-555-0101",
                "number_type": "voice",
                "extension": "7",
            },
            {"id": "3", "service_id": "svc-2", "number": "503-555-0102", "number_type": "sms"},
            {"id": "4", "service_id": "svc-3", "number": "1-800-799-7233", "number_type": "voice"},
        ],
        "regular_schedules": [
            *(_daily("svc-1", day, "00:00", "23:59") for day in (*WEEKDAYS, "Saturday", "Sunday")),
            *(_daily("svc-2", day, "9am", "5:00 PM") for day in WEEKDAYS),
        ],
        "taxonomy": [
            {"taxonomy_id": "101", "name": "Emergency housing"},
            {"taxonomy_id": "102", "name": "Medical care"},
            {"taxonomy_id": "109", "name": "Confidential"},
        ],
    }


def _weekly(row_id: str, service_id: str, days: str, opens: str, closes: str) -> dict[str, str]:
    hours = {"byday": days, "opens_at": opens, "closes_at": closes}
    return {"id": row_id, "service_id": service_id, "freq": "WEEKLY", **hours}


def _daily(service_id: str, day: str, opens: str, closes: str) -> dict[str, str]:
    return {"service_id": service_id, "weekday": day, "opens_at": opens, "closes_at": closes}


def _term(term_id: str, name: str) -> dict[str, Any]:
    return {"id": f"att-{term_id}", "taxonomy_term": {"id": term_id, "name": name}}
