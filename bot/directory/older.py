"""The older HSDS 1.x layout, as Ohana exports it, rewritten into the tables of 3.x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    """The same package in the tables of 3.x; what it has of these already is kept."""
    services, locations = tables["services"], tables.get("locations", [])
    owners = {location.get("id"): location.get("organization_id") for location in locations}
    made = {
        "service_at_location": [_at(row) for row in services if row.get("location_id")],
        "schedules": [_schedule(row) for row in tables.get("regular_schedules", ())],
        "languages": [
            *(row for service in services for row in _languages(service, "service_id")),
            *(row for location in locations for row in _languages(location, "location_id")),
        ],
        "required_documents": list(_named("required_documents", "document", services)),
        "service_areas": list(_named("service_areas", "name", services)),
        "attributes": [row for service in services for row in _terms(service)],
        "taxonomy_terms": [
            _with(row, id=row.get("taxonomy_id")) for row in tables.get("taxonomy", ())
        ],
    }
    return {
        **tables,
        **{name: [*tables.get(name, ()), *rows] for name, rows in made.items()},
        "services": [_service(row, owners) for row in services],
        "phones": [_phone(row) for row in tables.get("phones", ())],
    }


def _service(row: Row, owners: Mapping[str, str]) -> Row:
    renamed = {new: row.get(new) or row.get(old) for old, new in _RENAMED.items()}
    organization_id = owners.get(row.get("location_id")) or row.get("organization_id")
    return _with(row, organization_id=organization_id, **renamed)


def _phone(row: Row) -> Row:
    return _with(row, type=row.get("type") or row.get("number_type"))


def _named(column: str, name: str, services: list[Row]) -> Iterator[Row]:
    """What a service has in a column of its own, as rows about it."""
    for row in services:
        if value := row.get(column):
            yield Row(row.file, row.number, {"service_id": row.get("id"), name: value})


def _at(row: Row) -> Row:
    return _with(row, service_id=row.get("id"), location_id=row.get("location_id"))


def _schedule(row: Row) -> Row:
    """Weekdays are written out or shortened; their first two letters are what 3.x uses."""
    return _with(row, byday=row.get("weekday")[:2].upper(), freq="WEEKLY")


def _languages(owner: Row, column: str) -> Iterator[Row]:
    for name in filter(None, map(str.strip, owner.get("languages").split(","))):
        yield Row(owner.file, owner.number, {column: owner.get("id"), "name": name})


def _terms(service: Row) -> Iterator[Row]:
    for term in filter(None, map(str.strip, service.get("taxonomy_ids").split(","))):
        link = {"link_id": service.get("id"), "link_entity": "service"}
        yield Row(service.file, service.number, {**link, "taxonomy_term_id": term})


def _with(row: Row, **values: str) -> Row:
    return Row(row.file, row.number, {**row.values, **values})
