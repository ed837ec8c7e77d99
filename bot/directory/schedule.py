"""Opening hours: weekly rules out of HSDS (RFC 5545), and when a door is open next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Closing then means closing at midnight.
LAST_MINUTE = time(23, 59)
_NOON, _MIDNIGHT = 12, (24, 0)
#: Characters of a date at the start of a moment.
_DATE = 10

Span = tuple[datetime, datetime]


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

    def spans(self, day: date, now: datetime) -> Span | None:
        """From when to when it is open on ``day``, if it is."""
        if day.weekday() not in self.days or not self._is_valid(day):
            return None
        opens = datetime.combine(day, self.opens, now.tzinfo)
        last = time(0) if self.closes == LAST_MINUTE else self.closes
        closes = datetime.combine(day, last, now.tzinfo)
        return opens, closes if closes > opens else closes + timedelta(days=1)

    def _is_valid(self, day: date) -> bool:
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


def parse_opening(row: Mapping[str, str]) -> dict[str, Any] | None:
    """A schedule row as plain values to store; ``None`` when it says no time of the week.

    What is open on the first Saturday of the month is not said to be open on every one.
    Raises ``ValueError`` for a time, a date or a day that does not exist.
    """
    opens, closes = row.get("opens_at", "").strip(), row.get("closes_at", "").strip()
    if not opens or not closes or not _is_weekly(row):
        return None
    days = [part.strip().upper() for part in row.get("byday", "").split(",") if part.strip()]
    return {
        "days": sorted({DAYS.index(day) for day in days}) if days else list(range(len(DAYS))),
        "opens": _parse_time(opens).isoformat("minutes"),
        "closes": _parse_time(closes).isoformat("minutes"),
        "valid_from": _parse_date(row.get("valid_from", "")),
        "valid_to": _parse_date(row.get("valid_to", "") or row.get("until", "")),
    }


def merge_days(openings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same hours on several days as one opening, as when each day has a row of its own."""
    merged: dict[tuple[Any, ...], set[int]] = {}
    for opening in openings:
        hours = tuple(item for item in opening.items() if item[0] != "days")
        merged.setdefault(hours, set()).update(opening["days"])
    return [{"days": sorted(days), **dict(hours)} for hours, days in merged.items()]


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


def is_open(openings: Iterable[Opening], now: datetime) -> bool | None:
    """Whether it is open at ``now``; ``None`` when nothing is known."""
    openings = list(openings)
    if not openings:
        return None
    return any(begin <= now < end for begin, end in _spans(openings, now, range(-1, 1)))


def next_hours(openings: Iterable[Opening], now: datetime) -> Hours | None:
    """Whether it is open at ``now``, and what comes next; ``None`` when nothing is known."""
    openings = list(openings)
    if not openings:
        return None
    spans = sorted(_spans(openings, now, range(-1, len(DAYS) + 1)))
    closes = _next_closing(spans, now)
    if closes - now >= timedelta(days=len(DAYS)):
        return Hours(open_now=True, always=True)
    if closes > now:
        return Hours(open_now=True, closes=closes)
    opens = (begin for begin, _ in spans if begin > now)
    return Hours(open_now=False, opens=next(opens, None))


def _spans(openings: list[Opening], now: datetime, days: range) -> Iterator[Span]:
    """From when to when it is open on each of ``days``, counted from today."""
    for offset in days:
        day = now.date() + timedelta(days=offset)
        for opening in openings:
            if span := opening.spans(day, now):
                yield span


def _next_closing(spans: Iterable[Span], now: datetime) -> datetime:
    """When the doors close, also where one span goes on as the next; ``now`` if they are closed."""
    closes = now
    for begin, end in spans:
        if begin <= closes:
            closes = max(closes, end)
    return closes


_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?|z|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)


def _parse_time(text: str) -> time:
    """HSDS says ``HH:MM``, often with a zone, which is the site's; older data says ``4:00 PM``."""
    said = _TIME.fullmatch(text)
    if said is None:
        raise ValueError("not a time")
    hour, minute = int(said["hour"]), int(said["minute"] or 0)
    if said["half"]:
        if not 1 <= hour <= _NOON:
            raise ValueError("not a time")
        hour = hour % _NOON + _NOON * (said["half"] in "pP")
    return time(0) if (hour, minute) == _MIDNIGHT else time(hour, minute)


def _is_weekly(row: Mapping[str, str]) -> bool:
    """Whether it happens in every week, as far as the rule's parts say."""
    return (
        row.get("freq", "").strip().upper() in {"", "DAILY", "WEEKLY"}
        and row.get("interval", "").strip() in {"", "1"}
        and not any(c.isdigit() for c in row.get("byday", ""))
    )


def _parse_date(text: str) -> str | None:
    day = text.strip()[:_DATE]
    return date.fromisoformat(day).isoformat() if day else None
