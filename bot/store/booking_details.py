"""What a person says with a booking, and the little of it that a provider sees."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.store.slots import Slot


@dataclass(frozen=True)
class Transport:
    """A wish for a ride: from where, at what time (with a time zone), with a voucher or not.

    The voucher is the navigators' business; no provider hears of it.
    """

    pick_up: str = ""
    at: datetime | None = None
    voucher: bool = False


@dataclass(frozen=True)
class BookingDetails:
    """``name`` is a first name or a code of the person's choice; ``language`` is a code."""

    name: str
    child_care: bool = False
    interpreter: bool = False
    language: str | None = None
    transport: Transport | None = None


@dataclass(frozen=True)
class ProviderView:
    """All that a provider sees. ``transport`` is there only when the provider drives."""

    slot: Slot
    name: str
    child_care: bool
    interpreter: bool
    language: str | None
    transport: Transport | None


def render_details(details: BookingDetails) -> str:
    """The document that is sealed."""
    return json.dumps(asdict(details), default=datetime.isoformat, separators=(",", ":"))


def parse_details(document: str) -> BookingDetails:
    """What :func:`render_details` wrote."""
    values = json.loads(document)
    if values["transport"]:
        at = values["transport"]["at"]
        moment = datetime.fromisoformat(at) if at else None
        values["transport"] = Transport(**{**values["transport"], "at": moment})
    return BookingDetails(**values)


def render_view(slot: Slot, details: BookingDetails) -> ProviderView:
    """What the provider of ``slot`` needs to know, and nothing else."""
    ride = details.transport if slot.transport else None
    return ProviderView(
        slot=slot,
        name=details.name,
        child_care=details.child_care,
        interpreter=details.interpreter,
        language=details.language,
        transport=replace(ride, voucher=False) if ride else None,
    )


def shift_transport(details: BookingDetails, later: timedelta) -> BookingDetails:
    """The same wishes for a slot that begins so much later; the ride keeps its head start."""
    ride = details.transport
    if ride is None or ride.at is None:
        return details
    return replace(details, transport=replace(ride, at=ride.at + later))
