"""Events of iCalendar feeds (RFC 5545): when they are, and nothing else that they say.

Repeating events are expanded by a library, which keeps to each event's own time zone and so to
its daylight saving. Feeds are untrusted: what is broken in any part is refused as a whole, since
an opening that was cancelled in the broken part must not be offered.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar as Feed
from icalendar import Component, Event

from bot.appointments.errors import CalendarUnreadable

#: How far ahead openings are looked for.
WINDOW = timedelta(weeks=8)
#: More in one feed is no calendar of openings, or an attack.
MOST_EVENTS, MOST_SPANS = 20_000, 20_000
#: Seconds of work on one feed; rules can be written that take for ever.
MOST_SECONDS = 20.0

#: A rule that repeats within a day would be millions of events; ``slot_minutes`` cuts long ones.
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_TIMES = 24
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """One event that is not cancelled, in UTC. ``uid`` is that of all its repetitions.

    ``opaque``: it takes time; ``all_day``: it has a day and no hours.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    opaque: bool
    categories: frozenset[str]


def parse_events(untrusted_feeds: Iterable[str], timezone: ZoneInfo, now: datetime) -> list[Span]:
    """The events of some feeds that lie in the window, first to last.

    ``timezone`` is that of times that name none. Raises :class:`CalendarUnreadable`.
    """
    try:
        return sorted(_read(list(untrusted_feeds), timezone, now), key=lambda one: one.starts_at)
    except CalendarUnreadable:
        raise
    except Exception as error:  # whatever the libraries trip over, the calendar is of no use
        raise CalendarUnreadable(f"it cannot be read ({type(error).__name__})") from error


def _read(feeds: Sequence[str], timezone: ZoneInfo, now: datetime) -> list[Span]:
    if sum(feed.count("BEGIN:VEVENT") for feed in feeds) > MOST_EVENTS:
        raise CalendarUnreadable("it holds too many events")
    deadline = time.thread_time() + MOST_SECONDS
    spans: list[Span] = []
    for event in chain.from_iterable(_expand(feed, now) for feed in feeds):
        if len(spans) > MOST_SPANS or time.thread_time() > deadline:
            raise CalendarUnreadable("it holds too much")
        span = _span(event, timezone)
        if _is_in_window(span, now) and not _is_cancelled(event):
            spans.append(span)
    return spans


def _expand(untrusted_feed: str, now: datetime) -> Iterator[Event]:
    """Every event, and each time that it is repeated in the window."""
    feed = Feed.from_ical(untrusted_feed)
    if feed.name != "VCALENDAR":
        raise CalendarUnreadable("it is not a calendar")
    by_uid: dict[str, list[Event]] = defaultdict(list)
    for event in feed.walk("VEVENT"):
        assert isinstance(event, Event)
        _check(event)
        by_uid[str(event.get("UID", ""))].append(event)
    for events in by_uid.values():
        yield from _repeat(feed, events, now) if _is_repeated(events) else events


def _repeat(feed: Component, events: Sequence[Event], now: datetime) -> Iterator[Event]:
    """The repetitions of one event, moved and cancelled ones among them."""
    alone = Feed()
    for name in ("VERSION", "PRODID", "X-WR-TIMEZONE"):
        if name in feed:
            alone[name] = feed[name]
    zones = [part for part in feed.subcomponents if part.name == "VTIMEZONE"]
    alone.subcomponents = [*zones, *events]
    between = (now - _DAY, now + WINDOW + _DAY)
    for repetition in recurring_ical_events.of(alone).between(*between):
        assert isinstance(repetition, Event)
        yield repetition


def _is_repeated(events: Sequence[Event]) -> bool:
    return any(name in event for event in events for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _check(event: Event) -> None:
    """Refuse what would be misread: rules without end, and times in unknown zones."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = 1
        for part in _TIMES:
            often *= len(rule.get(part, [None]))
        if set(rule.get("FREQ", [""])) - _FREQUENCIES or often > _MOST_TIMES:
            raise CalendarUnreadable("an event repeats more often than daily")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"):
        values = event.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            if "TZID" in value.params and any(_is_floating(moment) for moment in _moments(value)):
                raise CalendarUnreadable("an event is in a time zone that does not exist")


def _moments(value: object) -> list[object]:
    """The times in a property, which may hold a list of them."""
    return [one.dt for one in getattr(value, "dts", [value])]


def _is_floating(moment: object) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is None


def _is_in_window(span: Span, now: datetime) -> bool:
    return span.starts_at < span.ends_at and span.ends_at > now and span.starts_at < now + WINDOW


def _is_cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _span(event: Event, timezone: ZoneInfo) -> Span:
    starts_at = _moment(event.start, timezone)
    return Span(
        uid=str(event.get("UID", "")),
        starts_at=starts_at,
        ends_at=_end(event, starts_at, timezone),
        all_day=not isinstance(event.start, datetime),
        opaque=str(event.get("TRANSP", "")).upper() != "TRANSPARENT",
        categories=frozenset(str(name).strip().upper() for name in event.categories),
    )


def _end(event: Event, starts_at: datetime, timezone: ZoneInfo) -> datetime:
    """Hours and minutes are real time, days are days on the calendar (RFC 5545, 3.3.6)."""
    length = event.get("DURATION")
    if length is not None and length.dt < _DAY:
        return starts_at + timedelta(seconds=length.dt.total_seconds())
    ends_at = _moment(event.end, timezone)
    return ends_at if ends_at > starts_at else starts_at + (event.end - event.start)


def _moment(value: date, timezone: ZoneInfo) -> datetime:
    """A time in UTC; one in the hour that spring leaves out is an hour later (RFC 5545, 3.3.5)."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the zone comes next
    local = value if value.tzinfo else value.replace(tzinfo=timezone)
    return local.astimezone(UTC)
