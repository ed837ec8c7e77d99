"""Hours of the week at which a message may come, read off the clock on the person's wall.

On the day a clock goes back, an hour that comes twice is inside twice; where it goes forward, an
hour that is skipped never comes. All moments carry a time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

#: Two weeks hold every window of a week twice, should a clock change skip the first.
LOOK_AHEAD = timedelta(days=15)

#: Everywhere on earth the clock changes at a full quarter of an hour.
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Window:
    """``days`` are those on which it begins, 0 is Monday.

    ``starts`` and ``ends`` are local times, the end not included. An earlier end is on the next
    day; an equal one leaves no time at all, for whoever mistyped should not be woken.
    """

    days: frozenset[int]
    starts: time
    ends: time

    def holds(self, moment: datetime) -> bool:
        """Whether the wall clock at ``moment``, in its own time zone, is inside."""
        clock, today = moment.time(), moment.weekday()
        if self.starts <= self.ends:
            return today in self.days and self.starts <= clock < self.ends
        late = today in self.days and clock >= self.starts
        return late or ((today - 1) % 7 in self.days and clock < self.ends)


def next_opening(window: Window, now: datetime) -> datetime | None:
    """The first moment after ``now`` inside the window, in UTC; ``now`` has the site's zone.

    A window opens when the wall clock shows its start, or when the clock jumps into it. ``None``
    when that does not happen within :data:`LOOK_AHEAD`.
    """
    zone = now.tzinfo
    assert zone is not None
    moments = {*_starts(window, now, zone), *_quarters(now)}
    later = sorted(moment for moment in moments if moment > now.astimezone(UTC))
    return next((m for m in later if window.holds(m.astimezone(zone))), None)


def _starts(window: Window, now: datetime, zone: tzinfo) -> Iterator[datetime]:
    for number in range(LOOK_AHEAD.days + 1):
        day = now.date() + timedelta(days=number)
        for fold in (0, 1):
            start = datetime.combine(day, window.starts.replace(fold=fold), zone)
            yield start.astimezone(UTC)


def _quarters(now: datetime) -> Iterator[datetime]:
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for number in range(LOOK_AHEAD // _QUARTER):
        yield hour + number * _QUARTER
