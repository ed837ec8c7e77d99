"""When somebody has to make sure of an entry again."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

#: Every entry is confirmed once a year.
YEARLY = timedelta(days=365)
#: So long before that it is time to think of it.
SOON = timedelta(days=30)


class Due(Enum):
    """Whether an entry waits to be confirmed."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


def decide_due(assured: date | None, today: date) -> Due:
    """``assured`` is when somebody last made sure; without it, it is time now."""
    if assured is None or assured < due_before(today):
        return Due.NOW
    return Due.SOON if assured < due_before(today + SOON) else Due.LATER


def due_before(today: date) -> date:
    """Entries that somebody last made sure of before that day are due today."""
    return today - YEARLY
