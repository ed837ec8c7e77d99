"""One service as its form has it: what was typed, whether it can be meant or not."""

from __future__ import annotations

from dataclasses import dataclass, field

#: What people read for each field, in the order in which they think of them.
LABELS = {
    "name": "Name",
    "organization": "Organization",
    "needs": "Helps with",
    "description": "In a few words",
    "phone": "Phone",
    "extension": "Extension",
    "text_line": "Text line",
    "url": "Website",
    "places": "Place",
    "areas": "Area it serves",
    "nationwide": "Answers everywhere in the US",
    "always": "Day and night, every day",
    "hours": "Hours",
    "place_hours": "Hours at its places",
    "languages": "Languages",
    "cost": "Cost",
    "free": "Free",
    "eligibility": "Who it is for",
    "bring": "What to bring",
    "status": "State",
}
#: What a form may say of whether people are told of a service.
STATUSES = {
    "active": "Offered",
    "temporarily closed": "Closed for now",
    "inactive": "Not offered any more",
    "defunct": "Gone for good",
}


@dataclass(frozen=True)
class TypedPlace:
    """One place. ``opened``: its mark was taken off on purpose."""

    location_id: str = ""
    name: str = ""
    confidential: bool = False
    opened: bool = False
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""

    @property
    def address(self) -> tuple[str, ...]:
        """All that is its address."""
        return (self.address_1, self.address_2, self.city, self.state, self.postal_code)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was written."""
        return not (self.location_id or self.name or self.confidential or any(self.address))


@dataclass(frozen=True)
class TypedHours:
    """Open on these days, Monday being 0, from and to as a clock says it: ``09:00``."""

    days: frozenset[int] = frozenset()
    opens: str = ""
    closes: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was written."""
        return not (self.days or self.opens or self.closes)


@dataclass(frozen=True)
class PlaceHours:
    """Hours of the service at one of its places; ``gone`` are as ``gone_hours`` of the form."""

    location_id: str
    always: bool = False
    hours: tuple[TypedHours, ...] = field(default=(TypedHours(),))
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Typed:
    """A whole form. ``areas`` and ``bring`` have one line for each; ``languages`` has commas.

    ``gone_hours`` are the ids of hours that rows of days cannot show, and that are to go.
    ``place_hours`` are those of each place where there are several.
    """

    name: str = ""
    organization: str = ""
    organization_as: str = ""
    needs: frozenset[str] = frozenset()
    description: str = ""
    phone: str = ""
    extension: str = ""
    text_line: str = ""
    url: str = ""
    places: tuple[TypedPlace, ...] = field(default=(TypedPlace(),))
    areas: str = ""
    nationwide: bool = False
    always: bool = False
    hours: tuple[TypedHours, ...] = field(default=(TypedHours(),))
    gone_hours: frozenset[str] = frozenset()
    place_hours: tuple[PlaceHours, ...] = ()
    languages: str = ""
    cost: str = ""
    free: bool = False
    eligibility: str = ""
    bring: str = ""
    status: str = "active"
