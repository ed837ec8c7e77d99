"""What can honestly be offered to somebody who asks for a person. Pure.

All moments carry a time zone; ``now`` has the site's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.care.contact_hours import Window, next_opening

#: Minutes. Nobody can tell "15" from "17", so an estimate is rounded up to these.
STEP = 5
#: Minutes. A longer wait is not known well enough to be named.
LONGEST = 120


@dataclass(frozen=True)
class Team:
    """People who answer in ``languages`` during ``hours``, by the clock on the site's wall."""

    name: str
    languages: tuple[str, ...]
    hours: tuple[Window, ...]


@dataclass(frozen=True)
class Line:
    """The desk at this moment, for one language.

    ``usual`` is how long people lately waited, ``None`` where nobody has waited yet.
    """

    at_desk: int
    ahead: int
    usual: timedelta | None


@dataclass(frozen=True)
class Offer:
    """What is possible now.

    ``open``: somebody who speaks the language is at the desk, within a team's hours. ``minutes``
    is an estimate, ``None`` when it is not known. ``opens`` is the next opening in UTC, ``None``
    within the hours and when it is not known.
    """

    open: bool
    at_desk: int
    ahead: int
    minutes: int | None
    opens: datetime | None

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        opens = self.opens.isoformat() if self.opens else None
        return {
            "open": self.open,
            "at_desk": self.at_desk,
            "ahead": self.ahead,
            "minutes": self.minutes,
            "opens": opens,
        }


def decide_offer(teams: Sequence[Team], language: str, line: Line, now: datetime) -> Offer:
    """Whether a person can be had now, how long it may take, and when the desk opens again."""
    in_hours = are_hours(teams, language, now)
    is_open = in_hours and line.at_desk > 0
    return Offer(
        open=is_open,
        at_desk=line.at_desk,
        ahead=line.ahead,
        minutes=_estimate(line) if is_open else None,
        opens=None if in_hours else find_opening(teams, language, now),
    )


def are_hours(teams: Sequence[Team], language: str, now: datetime) -> bool:
    """Whether a team works now in ``language``. A site that names no teams has no hours to keep."""
    return not teams or any(window.holds(now) for window in _windows(teams, language))


def find_opening(teams: Sequence[Team], language: str, now: datetime) -> datetime | None:
    """When a team next begins to work in ``language``, in UTC; ``None`` if none does."""
    openings = (next_opening(window, now) for window in _windows(teams, language))
    return min((opening for opening in openings if opening), default=None)


def _windows(teams: Sequence[Team], language: str) -> list[Window]:
    return [window for team in teams if language in team.languages for window in team.hours]


def _estimate(line: Line) -> int | None:
    """What was usual, and more when more people wait than there are to answer them."""
    if line.usual is None:
        return None
    crowd = max(1.0, (line.ahead + 1) / line.at_desk)
    minutes = math.ceil(line.usual.total_seconds() / 60 * crowd / STEP) * STEP
    return max(STEP, minutes) if minutes <= LONGEST else None
