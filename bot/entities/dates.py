"""Dates of the calendar: "march 12", "el 14 de marzo", "the 14th", "10/22", "2026-12-05".

A date without a year is the next one to come. The United States write the month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_LAST_MONTH, _CENTURY = 12, 2000
#: Who makes plans for later than this has mistyped.
LATEST = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """Days in a text, each as good as the other: "weekends" are a Saturday and a Sunday."""

    start: int
    end: int
    dates: tuple[date, ...]
    of_calendar: bool = False


_MONTHS = (
    ("january", "jan", "enero", "ene"), ("february", "feb", "febrero"),
    ("march", "mar", "marzo"), ("april", "apr", "abril", "abr"), ("may", "mayo"),
    ("june", "jun", "junio"), ("july", "jul", "julio"), ("august", "aug", "agosto", "ago"),
    ("september", "sept", "sep", "septiembre", "setiembre"), ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"), ("december", "dec", "diciembre", "dic"),
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:,?\s(?:de\s|del\s)?(?P<year>20[0-9]{2})\b)?"
_DAY = r"(?P<day>primero|[0-3]?[0-9])(?:st|nd|rd|th|ro|o)?"
_NO_MORE = r"(?![0-9/:]|-[0-9]|\s?[ap]m\b)"
#: What may be the first or second of many: options, steps, floors, children.
_RANKED = (
    r"(?!\s?(?:one|option|place|opcion|time|floor|grade|baby|kid|child|tri|month|week|shift|st|ave"
    r"|of\s(?!the\smonth)))"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_MONTH}\s(?:the\s)?{_DAY}\b{_NO_MORE}{_YEAR}",
        rf"\b(?:(?:el|the|dia)\s)*{_DAY}\s(?:de\s|of\s)?{_MONTH}{_YEAR}",
        r"(?<![\w/.-])(?P<month>[0-1]?[0-9])/(?P<day>[0-3]?[0-9])(?:/(?P<year>(?:20)?[0-9]{2}))?(?![\w/])",
        r"(?<![\w/.-])(?P<year>20[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w-])",
        # A bare "el 2" chooses the second option, so only later ones are days.
        rf"\b(?:el\s)?dia\s(?P<day>[0-3]?[0-9])\b{_NO_MORE}",
        rf"\bel\s(?P<day>1[3-9]|2[0-9]|3[01])\b{_NO_MORE}(?!\sde\s)",
        rf"\b(?:the|on)\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)\b{_RANKED}",
        r"\b(?P<day>primero)\s(?:de|del)\s(?:el\s)?mes\b",
    )
)
#: Fractions, and words that are dates only to a machine.
_NO_DATE = frozenset(("24/7", "1/2", "1/3", "2/3", "1/4", "3/4", "9/11", "7/24"))


def find_dates(plain: str, today: date) -> Iterator[Days]:
    """The dates in a message that lie within a year from ``today``."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            found = None if match[0] in _NO_DATE else _read(match.groupdict(), today)
            if found:
                yield Days(*match.span(), (found,), of_calendar=True)


def _read(said: dict[str, str | None], today: date) -> date | None:
    day = 1 if said["day"] == "primero" else int(said["day"] or 0)
    month, year = _read_month(said.get("month")), said.get("year")
    if year is None:
        return _next(today, month, day)
    if month is None or not 1 <= month <= _LAST_MONTH:
        return None
    found = _exists(date(_CENTURY + int(year[-2:]), month, 1), day)
    return found if found and today <= found <= today + LATEST else None


def _read_month(said: str | None) -> int | None:
    if said is None or said.isdigit():
        return int(said) if said else None
    return _MONTH_OF[said]


def _next(today: date, month: int | None, day: int) -> date | None:
    """The next day of this number, from today on; ``None`` when the coming year has none."""
    firsts = (today.replace(day=1) + relativedelta(months=n) for n in range(_LAST_MONTH + 1))
    found = (_exists(first, day) for first in firsts if month in {None, first.month})
    return next((when for when in found if when and when >= today), None)


def _exists(first: date, day: int) -> date | None:
    """The day of a month that begins with ``first``."""
    try:
        return first.replace(day=day)
    except ValueError:
        return None
