"""Moments counted from now: "in an hour", "en 20 minutos"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.entities.days import LOOKED_BACK_AT, LOOKS_BACK
from bot.entities.numbers import NUMBER, parse_number

#: A moment in a text: from which character to which, and when it is.
Moment = tuple[int, int, datetime]

_HALF_AN_HOUR = timedelta(minutes=30)
_SOON = re.compile(
    r"\b(?:in|en|dentro de)\s(?:about\s|like\s|unos\s)?"
    rf"(?:(?P<half>half an?|media)|(?:(?P<number>{NUMBER})|an?))\s?"
    r"(?:(?P<hours>hours?|hrs?|horas?)|min(?:ute|uto)?s?)\b"
)


def find_moments(plain: str, now: datetime) -> Iterator[Moment]:
    """The moments in a message that lie so many minutes or hours after ``now``."""
    for match in _SOON.finditer(plain):
        before = plain[max(0, match.start() - LOOKED_BACK_AT) : match.start()]
        if not LOOKS_BACK.search(before):
            yield match.start(), match.end(), now + _length(match)


def _length(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return _HALF_AN_HOUR
    number = parse_number(match["number"]) if match["number"] else 1
    return timedelta(hours=number) if match["hours"] else timedelta(minutes=number)
