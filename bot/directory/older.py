"""The older HSDS 1.x layout, as Ohana exports it, rewritten into the tables of 3.x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.directory.rows import Row, Tables

#: Columns whose words become rows of their own.
_SPREAD = {
    "services": {"location_id", "taxonomy_ids", "languages", "required_documents", "service_areas"},
    "locations": {"languages", "accessibility"},
}
#: Tables that become others.
_TURNED = frozenset({"regular_schedules", "taxonomy"})
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
        "required_documents": list(
            _named("required_documents", "service_id", "document", services)
        ),
        "service_areas": list(_named("service_areas", "service_id", "name", services)),
        "accessibility": list(_named("accessibility", "location_id", "description", locations)),
        "attributes": [row for service in services for row in _terms(service)],
        "taxonomy_terms": [
            _with(row, id=row.get("taxonomy_id")) for row in tables.get("taxonomy", ())
        ],
    }
    return {
        **{name: rows for name, rows in tables.items() if name not in _TURNED},
        **{name: [*tables.get(name, ()), *rows] for name, rows in made.items()},
        "services": [_service(row, owners) for row in services],
        "locations": [_without(row, _SPREAD["locations"]) for row in locations],
        "phones": [_phone(row) for row in tables.get("phones", ())],
    }


def _service(row: Row, owners: Mapping[str, str]) -> Row:
    renamed = {new: row.get(new) or row.get(old) for old, new in _RENAMED.items()}
    organization_id = owners.get(row.get("location_id")) or row.get("organization_id")
    return _with(_without(row, _SPREAD["services"]), organization_id=organization_id, **renamed)


def _phone(row: Row) -> Row:
    return _with(row, type=row.get("type") or row.get("number_type"))


def _named(column: str, owner: str, name: str, rows: list[Row]) -> Iterator[Row]:
    """What a service or a place has in a column of its own, as rows about it."""
    for row in rows:
        if value := row.get(column):
            yield Row(row.file, row.number, {owner: row.get("id"), name: value})


def _at(row: Row) -> Row:
    link = {"service_id": row.get("id"), "location_id": row.get("location_id")}
    return Row(row.file, row.number, link)


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


def _without(row: Row, columns: set[str]) -> Row:
    kept = {name: value for name, value in row.values.items() if name not in columns}
    return Row(row.file, row.number, kept)
