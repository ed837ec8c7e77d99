"""How long a conversation may be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough to answer after a walk to a safer place, short enough that a phone taken
# in the evening shows nothing of the afternoon.
WITHOUT_CONSENT = timedelta(hours=2)


def next_erasure(last_turn_at: datetime, keep_for: timedelta | None) -> datetime:
    """When the session must be gone.

    ``keep_for``: the site's time of silence, where a valid consent to keep exists.
    """
    return last_turn_at + (WITHOUT_CONSENT if keep_for is None else keep_for)
