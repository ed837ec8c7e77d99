"""Opening hours: weekly rules out of HSDS (RFC 5545), and when a door is open next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Hours:
    """Open now, and until when; or closed, and from when on. Unknown is neither.

    ``always`` is around the clock. Times are at the site.
    """

    open_now: bool
    always: bool = False
    closes: datetime | None = None
    opens: datetime | None = None


@dataclass(frozen=True)
class Opening:
    """One weekly opening: days, from, to. ``closes`` not after ``opens`` means overnight."""

    days: tuple[int, ...]
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def around_the_clock(self) -> bool:
        """From midnight to midnight on every day."""
        whole_day = self.opens == time(0) and self.closes in {time(0), _LAST_MINUTE}
        return whole_day and len(set(self.days)) == len(DAYS)

    def spans(self, day: date, now: datetime) -> tuple[datetime, datetime] | None:
        """From when to when it is open on ``day``, if it is."""
        if day.weekday() not in self.days or not self._is_valid(day):
            return None
        opens = datetime.combine(day, self.opens, now.tzinfo)
        closes = datetime.combine(day, self.closes, now.tzinfo)
        return opens, closes if closes > opens else closes + timedelta(days=1)

    def _is_valid(self, day: date) -> bool:
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


def parse_opening(row: Mapping[str, str]) -> dict[str, Any] | None:
    """A schedule row as plain values to store; ``None`` when it says no time.

    Raises ``ValueError`` for a time, a date or a day that does not exist.
    """
    opens, closes = row.get("opens_at", "").strip(), row.get("closes_at", "").strip()
    if not opens or not closes:
        return None
    days = [part.strip()[-2:].upper() for part in row.get("byday", "").split(",") if part.strip()]
    return {
        "days": sorted({DAYS.index(day) for day in days}) if days else list(range(len(DAYS))),
        "opens": _parse_time(opens).isoformat("minutes"),
        "closes": _parse_time(closes).isoformat("minutes"),
        "valid_from": _parse_date(row.get("valid_from", "")),
        "valid_to": _parse_date(row.get("valid_to", "")),
    }


def open_opening(stored: Mapping[str, Any]) -> Opening:
    """The opening that :func:`parse_opening` described."""
    first, last = stored["valid_from"], stored["valid_to"]
    return Opening(
        days=tuple(stored["days"]),
        opens=time.fromisoformat(stored["opens"]),
        closes=time.fromisoformat(stored["closes"]),
        valid_from=date.fromisoformat(first) if first else None,
        valid_to=date.fromisoformat(last) if last else None,
    )


def next_hours(openings: Iterable[Opening], now: datetime) -> Hours | None:
    """Whether it is open at ``now``, and what comes next; ``None`` when nothing is known."""
    openings = list(openings)
    if not openings:
        return None
    if any(opening.around_the_clock for opening in openings):
        return Hours(open_now=True, always=True)
    spans = [
        span
        for opening in openings
        for offset in range(-1, 8)
        if (span := opening.spans(now.date() + timedelta(days=offset), now))
    ]
    closes = [end for begin, end in spans if begin <= now < end]
    if closes:
        return Hours(open_now=True, closes=max(closes))
    opens = [begin for begin, _ in spans if begin > now]
    return Hours(open_now=False, opens=min(opens, default=None))


def _parse_time(text: str) -> time:
    """HSDS says ``HH:MM:SS``, sometimes with a zone; midnight may be written 24:00."""
    clock = text.split("+")[0].rstrip("Z").strip()
    parts = [int(part) for part in clock.split(":")[:2]]
    return time(parts[0] % 24, parts[1] if len(parts) > 1 else 0)


def _parse_date(text: str) -> str | None:
    return date.fromisoformat(text.strip()).isoformat() if text.strip() else None
