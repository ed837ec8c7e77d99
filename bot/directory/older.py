"""The older HSDS 1.x layout, as Ohana exports it, rewritten into the tables of 3.x."""

from __future__ import annotations

from collections.abc import Iterator

from bot.directory.package import Row, Tables

_RENAMED = {"fees": "fees_description", "eligibility": "eligibility_description", "website": "url"}


def is_older(tables: Tables) -> bool:
    """Whether services name their location themselves, as only the older layout does."""
    services = tables.get("services") or []
    return (
        bool(services)
        and "location_id" in services[0].values
        and ("service_at_location" not in tables)
    )


def upgrade(tables: Tables) -> Tables:
    """The same package in the tables of 3.x."""
    services = [_service(row, tables) for row in tables["services"]]
    return {
        **tables,
        "services": services,
        "service_at_location": [_at(row) for row in tables["services"] if row.get("location_id")],
        "schedules": [_schedule(row) for row in tables.get("regular_schedules", ())],
        "languages": [row for service in tables["services"] for row in _languages(service)],
        "required_documents": [
            _with(row, service_id=row.get("id"), document=row.get("required_documents"))
            for row in tables["services"]
            if row.get("required_documents")
        ],
        "attributes": [row for service in tables["services"] for row in _terms(service)],
        "taxonomy_terms": [
            _with(row, id=row.get("taxonomy_id")) for row in tables.get("taxonomy", ())
        ],
        "phones": [_with(row, type=row.get("number_type")) for row in tables.get("phones", ())],
    }


def _service(row: Row, tables: Tables) -> Row:
    renamed = {new: row.get(old) for old, new in _RENAMED.items()}
    locations = tables.get("locations", ())
    owner = {location.get("id"): location.get("organization_id") for location in locations}
    return _with(row, organization_id=owner.get(row.get("location_id"), ""), **renamed)


def _at(row: Row) -> Row:
    return _with(row, service_id=row.get("id"), location_id=row.get("location_id"))


def _schedule(row: Row) -> Row:
    """Weekdays are written out or shortened; their first two letters are what 3.x uses."""
    return _with(row, byday=row.get("weekday")[:2].upper(), freq="WEEKLY")


def _languages(service: Row) -> Iterator[Row]:
    for name in filter(None, map(str.strip, service.get("languages").split(","))):
        yield Row(service.file, service.number, {"service_id": service.get("id"), "name": name})


def _terms(service: Row) -> Iterator[Row]:
    for term in filter(None, map(str.strip, service.get("taxonomy_ids").split(","))):
        values = {"link_id": service.get("id"), "taxonomy_term_id": term}
        yield Row(service.file, service.number, values)


def _with(row: Row, **values: str) -> Row:
    return Row(row.file, row.number, {**row.values, **values})
