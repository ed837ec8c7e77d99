"""Tasks of the team: what the house itself asks for, and what navigators write down."""

from __future__ import annotations

RIDE_VOUCHER = "ride_voucher"
"""An appointment needs a ride."""

UNREACHABLE = "unreachable"
"""A reply could not be delivered."""

REMINDER_DROPPED = "reminder_dropped"
"""A reminder could not be sent at hours that are safe."""

FOLLOW_UP = "follow_up"
"""A navigator wants to ask again."""

TRANSPORT = "transport"
"""A navigator arranges a ride."""

OTHER = "other"

#: Every kind, as the console lists them.
KINDS = (RIDE_VOUCHER, TRANSPORT, FOLLOW_UP, REMINDER_DROPPED, UNREACHABLE, OTHER)
