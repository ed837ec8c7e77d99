"""How long a conversation may be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough to answer after a walk to a safer place, short enough that a phone taken
# in the evening shows nothing of the afternoon.
WITHOUT_CONSENT = timedelta(hours=2)

# As long as the consent to remember lasts when it is not given again.
WITH_CONSENT = timedelta(days=30)


def next_erasure(last_turn_at: datetime, remembers: bool) -> datetime:
    """When the session must be gone. ``remembers``: a valid consent to remember exists."""
    return last_turn_at + (WITH_CONSENT if remembers else WITHOUT_CONSENT)
