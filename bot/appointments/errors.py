"""What can go wrong with a provider's calendar. Each docstring is the message."""

from __future__ import annotations


class CalendarUnreadable(Exception):
    """What came is no calendar that can be used"""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{type(self).__doc__}: {reason}.")
        self.reason = reason


class CalendarAway(Exception):
    """The calendar cannot be reached now, or it refused; nothing was changed."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(type(self).__doc__)
        self.status = status
