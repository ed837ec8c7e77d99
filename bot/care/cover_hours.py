"""Opening hours of a house that is only a story: by weekday, with days on which it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Hours:
    """``days`` are opening and closing time by weekday, Monday first; ``None`` is a closed day.

    ``closed_on`` are holidays such as ``07-04``. ``open_text`` says ``{opens}`` and ``{closes}``;
    ``span_text`` says ``{first}`` and ``{last}`` of days that have the same hours.
    """

    days: Sequence[tuple[time, time] | None]
    closed_on: frozenset[str]
    open_text: Texts
    closed_text: Texts
    span_text: Texts

    def on(self, day: date, language: str) -> str:
        """The hours of one day."""
        if day.strftime("%m-%d") in self.closed_on:
            return self.closed_text[language]
        return self.usually(day.weekday(), language)

    def usually(self, weekday: int, language: str) -> str:
        """The hours of a weekday, 0 is Monday, that is no holiday."""
        hours = self.days[weekday]
        if hours is None:
            return self.closed_text[language]
        opens, closes = map(_clock, hours)
        return self.open_text[language].format(opens=opens, closes=closes)


def parse_hours(content: Mapping[str, Any]) -> Hours:
    """The hours of a cover's file. Raises ``KeyError`` or ``ValueError`` for bad content."""
    return Hours(
        days=[_parse_day(day) for day in content["days"]],
        closed_on=frozenset(content["closed_on"]),
        open_text=content["open"],
        closed_text=content["closed"],
        span_text=content["span"],
    )


def find_hours(
    hours: Hours, now: datetime, language: str, weekdays: Sequence[str]
) -> dict[str, str]:
    """The facts that lines may name. ``now`` has the site's time zone."""
    today = now.date()
    return {
        "today_hours": hours.on(today, language),
        "tomorrow_hours": hours.on(today + timedelta(days=1), language),
        "week": ", ".join(_find_week(hours, language, weekdays)),
    }


def _find_week(hours: Hours, language: str, weekdays: Sequence[str]) -> Iterator[str]:
    for said, days in groupby(range(7), lambda day: hours.usually(day, language)):
        first, *rest = (weekdays[day] for day in days)
        span = hours.span_text[language].format(first=first, last=rest[-1]) if rest else first
        yield f"{span} {said}"


def _parse_day(day: str) -> tuple[time, time] | None:
    if not day:
        return None
    opens, closes = day.split("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)


def _clock(moment: time) -> str:
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"
