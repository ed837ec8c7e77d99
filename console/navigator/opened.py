"""Opening a conversation is written down once, however often its page looks again meanwhile."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

#: A page that has not looked for so long was closed; the next look opens it anew.
OPEN_FOR = timedelta(minutes=15)
#: Openings remembered; beyond them those that are over are dropped.
MOST = 2000

_Screen = tuple[uuid.UUID, uuid.UUID]


class Openings:
    """Which member has which conversation open, and in which version of its note.

    It is kept nowhere: after a restart an opening is written down once more, never once less.
    """

    def __init__(self) -> None:
        self._open: dict[_Screen, tuple[str, datetime]] = {}

    def is_new(self, staff_id: uuid.UUID, person_id: uuid.UUID, mark: str, now: datetime) -> bool:
        """Whether this look shows something that was not open on that screen before."""
        known, seen_at = self._open.get((staff_id, person_id), ("", now))
        return known != mark or now - seen_at > OPEN_FOR

    def keep(self, staff_id: uuid.UUID, person_id: uuid.UUID, mark: str, now: datetime) -> None:
        """The look was shown, and written down; call it only once that is committed."""
        if len(self._open) >= MOST:
            fresh = {key: one for key, one in self._open.items() if now - one[1] <= OPEN_FOR}
            self._open = fresh
        self._open[staff_id, person_id] = mark, now
