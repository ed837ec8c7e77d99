"""What HSDS 3 calls things: how its tables and its nested documents belong together.

https://docs.openreferral.org/en/latest/hsds/schema_reference.html
"""

from __future__ import annotations

import re

#: An object inside of another, and the table that it is in the tabular form.
SINGLE = {
    "organization": "organizations",
    "location": "locations",
    "service": "services",
    "program": "programs",
    "taxonomy_term": "taxonomy_terms",
    "taxonomy_detail": "taxonomies",
    "unit": "units",
}
#: The column that names such an object.
SINGLE_ID = {name: f"{name}_id" for name in SINGLE} | {"taxonomy_detail": "taxonomy_id"}

_LISTS = """
service_at_locations languages phones schedules addresses cost_options required_documents
attributes service_areas services locations contacts funding accessibility programs
organization_identifiers metadata capacities additional_urls additional_websites
"""
#: Lists inside of objects; any other list of objects is a table under its own name.
LISTS = frozenset(_LISTS.split())
#: Lists that are called otherwise as tables.
_TABLES = {"service_at_locations": "service_at_location", "capacities": "service_capacity"}
_LIST_NAMES = {table: name for name, table in _TABLES.items()}
#: What may be the name of a table, and so of a file.
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,60}")

#: Tables of what changes from day to day, and is kept beside the documents.
DAILY = frozenset({"service_capacity", "units"})

#: Objects that others may belong to, and how a row names them.
OWNERS = {
    "organization": "organization_id",
    "service": "service_id",
    "location": "location_id",
    "service_at_location": "service_at_location_id",
    "contact": "contact_id",
    "phone": "phone_id",
}
#: Tables whose rows name any object by its id and its kind.
LINKED = {"attributes": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
#: Kinds that a mark may be about when it does not say which.
MARKED = ("organization", "service", "location", "service_at_location")

_NUMBERS = """
latitude longitude minimum_age maximum_age year_incorporated amount interval count timezone
extension available maximum
"""
#: Columns that hold numbers.
NUMBERS = frozenset(_NUMBERS.split())
_TEXTS = """
id name alternate_name description url email status interpretation_services website
application_process fees_description wait_time fees accreditations eligibility_description
assured_date assurer_email licenses alert last_modified number type title department document
uri note value link_type location_type transportation external_identifier
external_identifier_type attention address_1 address_2 city region state_province postal_code
country address_type valid_from valid_to dtstart until wkst freq byday byweekno bymonthday
byyearday opens_at closes_at schedule_link attending_type notes source extent extent_type
details code parent_id taxonomy language term_uri version currency option amount_description
tax_status tax_id legal_status logo identifier identifier_type identifier_scheme
parent_organization_id organization_id keywords
"""
#: Columns that hold text, whatever it looks like.
TEXTS = frozenset(_TEXTS.split())


def find_table(name: str) -> str | None:
    """The table of a list inside of an object; ``None`` for a name that no table may have."""
    return _TABLES.get(name, name) if _TABLE.fullmatch(name) else None


def find_list(table: str) -> str:
    """What a table's rows are called inside of the object that they belong to."""
    return _LIST_NAMES.get(table, table)


def find_kind(table: str) -> str:
    """What one row of a table is, as ``phone`` of ``phones``."""
    return "address" if table == "addresses" else table.removesuffix("s")


#: Kinds of objects that a row of a linked table may be about; never each other, for that could
#: be a circle.
LINKABLE = frozenset(
    find_kind(_TABLES.get(name, name)) for name in [*LISTS, *SINGLE.values()] if name not in LINKED
)
