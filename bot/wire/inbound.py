"""A message as it came in, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Inbound:
    """One message. ``provider_id`` is the vendor's own id for it.

    ``opt_out_type`` is the vendor's reading of a carrier word (``STOP``,
    ``START``, ``HELP``) when it has already acted on it. ``place_in_chat`` is what a
    vendor needs to take the message off the person's screen again, where one can.
    """

    channel: str
    provider_id: str
    untrusted_address: str
    untrusted_text: str
    media_count: int = 0
    opt_out_type: str | None = None
    place_in_chat: str | None = None
