"""The objects of HSDS as they are told: what is not named here never leaves the house.

https://docs.openreferral.org/en/latest/hsds/schema_reference.html. Documents hold what their
packages brought, so every value is read leniently: what does not fit is left out, nothing fails.
Contacts are people, an assurer's address is a member of staff, and an organization's other
locations are nobody's business here: none of them is named.
"""

from __future__ import annotations

import math
from types import GenericAlias
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, create_model


def _read_text(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


def _read_number(value: Any) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def _read_objects(value: Any) -> list[dict[str, Any]] | None:
    objects = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return objects or None


def _read_object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


Text = Annotated[str | None, BeforeValidator(_read_text)]
Needed = Annotated[str, BeforeValidator(lambda value: _read_text(value) or "")]
Number = Annotated[int | float | None, BeforeValidator(_read_number)]


def _make(
    title: str, texts: str, numbers: str = "", *, needed: str = "",
    one: dict[str, Any] | None = None, many: dict[str, Any] | None = None,
) -> type[BaseModel]:  # fmt: skip
    """An object with these texts and numbers, these single objects, and these lists."""
    fields: dict[str, Any] = dict.fromkeys(needed.split(), (Needed, ""))
    fields |= dict.fromkeys(texts.split(), (Text, None))
    fields |= dict.fromkeys(numbers.split(), (Number, None))
    for name, part in (one or {}).items():
        fields[name] = (Annotated[part | None, BeforeValidator(_read_object)], None)
    for name, part in (many or {}).items():
        listed: Any = GenericAlias(list, (part,))
        fields[name] = (Annotated[listed | None, BeforeValidator(_read_objects)], None)
    return create_model(title, **fields)


Taxonomy = _make("Taxonomy", "description uri version", needed="id name")
TaxonomyTerm = _make(
    "TaxonomyTerm", "code description parent_id taxonomy language taxonomy_id term_uri",
    needed="id name", one={"taxonomy_detail": Taxonomy},
)  # fmt: skip
Attribute = _make("Attribute", "id value label link_type", one={"taxonomy_term": TaxonomyTerm})
Language = _make("Language", "id name code note")
Phone = _make("Phone", "id number type description", "extension", many={"languages": Language})
Address = _make(
    "Address",
    "id attention address_1 address_2 city region state_province postal_code country address_type",
)
Schedule = _make(
    "Schedule",
    "id valid_from valid_to dtstart until wkst freq byday byweekno bymonthday byyearday description"
    " opens_at closes_at schedule_link attending_type notes",
    "timezone interval count",
)
ServiceArea = _make("ServiceArea", "id name description extent extent_type uri")
CostOption = _make(
    "CostOption", "id valid_from valid_to option currency amount_description", "amount"
)
RequiredDocument = _make("RequiredDocument", "id document uri")
Accessibility = _make("Accessibility", "id description details url")
Url = _make("Url", "id label url")
Unit = _make("Unit", "id name scheme identifier uri")
Capacity = _make("Capacity", "id updated description", "available maximum", one={"unit": Unit})

_PLAIN_ORGANIZATION = "alternate_name email website legal_status logo uri tax_status tax_id"
_PLAIN_LOCATION = (
    "location_type url name alternate_name description transportation external_identifier"
    " external_identifier_type"
)
_PLAIN_SERVICE = (
    "alternate_name description url email status interpretation_services application_process"
    " fees_description wait_time fees accreditations eligibility_description assured_date licenses"
    " alert last_modified"
)
_AGES = "minimum_age maximum_age"
_SPOT = "latitude longitude"
_REACHED = {"phones": Phone, "schedules": Schedule, "languages": Language}
_WHAT = {"attributes": Attribute}

OrganizationLine = _make(
    "OrganizationLine", _PLAIN_ORGANIZATION, "year_incorporated", needed="id name description"
)
Organization = _make(
    "Organization", _PLAIN_ORGANIZATION, "year_incorporated", needed="id name description",
    many={"phones": Phone, "additional_websites": Url, **_WHAT},
)  # fmt: skip
LocationLine = _make("LocationLine", _PLAIN_LOCATION, _SPOT, needed="id")
Location = _make(
    "Location", _PLAIN_LOCATION, _SPOT, needed="id",
    many={"addresses": Address, "accessibility": Accessibility, **_REACHED, **_WHAT},
)  # fmt: skip
_AT = {"service_areas": ServiceArea, **_REACHED, **_WHAT}
_AT.pop("languages")
PlaceOfService = _make(
    "PlaceOfService", "description", needed="id", one={"location": Location}, many=_AT
)
_SERVICE_LISTS = {
    "service_areas": ServiceArea, "cost_options": CostOption, "capacities": Capacity,
    "required_documents": RequiredDocument, "additional_urls": Url, **_REACHED, **_WHAT,
}  # fmt: skip
ServiceId = _make("ServiceId", "last_modified", needed="id")
ServiceLine = _make(
    "ServiceLine", _PLAIN_SERVICE, _AGES, needed="id name", one={"organization": OrganizationLine}
)
Service = _make(
    "Service", _PLAIN_SERVICE, _AGES, needed="id name", one={"organization": Organization},
    many={"service_at_locations": PlaceOfService, **_SERVICE_LISTS},
)  # fmt: skip
ServiceAtLocationLine = _make(
    "ServiceAtLocationLine", "description", needed="id",
    one={"service": ServiceLine, "location": LocationLine},
)  # fmt: skip
_ServiceThere = _make(
    "ServiceThere", _PLAIN_SERVICE, _AGES, needed="id name", one={"organization": Organization},
    many=_SERVICE_LISTS,
)  # fmt: skip
ServiceAtLocation = _make(
    "ServiceAtLocation", "description", needed="id",
    one={"service": _ServiceThere, "location": Location}, many=_AT,
)  # fmt: skip
