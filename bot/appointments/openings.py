"""Which events of a calendar are openings, and the slots that they are cut into."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from bot.appointments.calendars import FREE, Calendar
from bot.appointments.errors import CalendarUnreadable
from bot.appointments.ical import WINDOW, Span, parse_events
from bot.appointments.publication import is_own
from bot.store.slots import Slot

#: Categories that mark an event as an opening, beside being shown as free.
OPEN_CATEGORIES = frozenset({"FREE", "OPEN", "AVAILABLE"})
#: More slots in eight weeks are not one calendar's.
MOST_SLOTS = 5000
#: Shorter events than this are marks in a calendar.
SHORTEST = timedelta(minutes=5)


def parse_openings(untrusted_feeds: Iterable[str], calendar: Calendar, now: datetime) -> list[Slot]:
    """The slots that a calendar offers from ``now`` on. Raises :class:`CalendarUnreadable`.

    What the house itself wrote there is neither an opening nor takes time, for bookings are
    known without it.
    """
    spans = parse_events(untrusted_feeds, calendar.timezone, now)
    foreign = [span for span in spans if not is_own(span.uid)]
    opening = [span for span in foreign if _is_opening(span, calendar) and not span.all_day]
    busy = _Busy(span for span in foreign if span.opaque and not _is_opening(span, calendar))
    cut = chain.from_iterable(_cut(span, calendar, now) for span in opening)
    slots = list(islice(cut, MOST_SLOTS + 1))
    if len(slots) > MOST_SLOTS:
        raise CalendarUnreadable("it offers too many slots")
    free = (slot for slot in slots if not busy.meets(slot.starts_at, slot.ends_at))
    return list({slot.source_key: slot for slot in free}.values())


class _Busy:
    """The times that events take, joined where they meet."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for span in spans:
            if self._ends and span.starts_at <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.ends_at)
            else:
                self._starts.append(span.starts_at)
                self._ends.append(span.ends_at)

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether any of that time is taken."""
        before = bisect_left(self._starts, ends_at)
        return before > 0 and self._ends[before - 1] > starts_at


def _is_opening(span: Span, calendar: Calendar) -> bool:
    """As ``events`` of the calendar says: every event, or those marked as free."""
    return calendar.events == FREE or not span.opaque or bool(span.categories & OPEN_CATEGORIES)


def _cut(span: Span, calendar: Calendar, now: datetime) -> Iterator[Slot]:
    """An event as slots of the calendar's length; what is left at its end is not offered."""
    whole = span.ends_at - span.starts_at
    wanted = timedelta(minutes=calendar.slot_minutes) if calendar.slot_minutes else whole
    length = min(wanted, whole)
    if length < SHORTEST:
        return
    over = max(0, (now - span.starts_at) // length + 1)
    starts_at = span.starts_at + over * length
    while starts_at + length <= span.ends_at and starts_at < now + WINDOW:
        yield _slot(span.uid, starts_at, starts_at + length, calendar)
        starts_at += length


def _slot(uid: str, starts_at: datetime, ends_at: datetime, calendar: Calendar) -> Slot:
    """The event's id is hashed, for some calendars put names into it."""
    event = hashlib.sha256(uid.encode()).hexdigest()[:24]
    return Slot(
        source=calendar.name,
        source_key=f"{event}@{starts_at.isoformat()}",
        service_id=calendar.service_id,
        starts_at=starts_at,
        ends_at=ends_at,
        remote=calendar.remote,
        languages=calendar.languages,
        provider_gender=calendar.provider_gender,
        child_care=calendar.child_care,
        interpreter=calendar.interpreter,
        transport=calendar.transport,
    )
