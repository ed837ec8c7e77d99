"""Hours of the day: "after 3", "10am", "de 9 a 11", "a las tres y media".

An hour that says neither morning nor afternoon is read as one at which people do errands:
1 to 6 is in the afternoon, 7 to 11 in the morning, 12 is noon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time

from bot.entities.hour_patterns import NOON, ONE, PAST_OR_TO, QUARTERS, RANGE
from bot.entities.numbers import parse_number

_HALF_DAY, _DAY, _HOUR = 12, 24, 60
#: The last hour that is taken for one in the afternoon when nothing is said.
_LAST_ERRAND = 6
_ONCE, _ELEVEN = "once", 11
_NIGHT = re.compile("noche|night")
#: These may be two women or a man's "los dos", so only an article makes hours of them.
_SPANISH = re.compile("una?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce")
_APART = frozenset(("and", "n", "&", "y"))
_BETWEEN = frozenset(("between", "btwn", "entre"))
#: A wish to hear more of what stands first in a list.
_MORE_ABOUT = re.compile(r"\b(?:more|me|know|info|details?|what|how) about \w+$")
#: "From one", "by one", "about one" speak of a person or a thing.
_ONE_OF_US = re.compile("(?:from|by|about|past|round|around) one")


@dataclass(frozen=True)
class Hours:
    """Hours in a text. ``sure`` when it is said which half of the day is meant.

    ``exact`` is one moment ("at 3"); its end is open like that of "after 3". ``bare``
    numbers ("7 to 4") are hours only next to a day.
    """

    start: int
    end: int
    after: time | None
    before: time | None
    sure: bool
    exact: bool = False
    bare: bool = False


def find_hours(plain: str) -> Iterator[Hours]:
    """The hours in a message, first to last; none twice."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Hours | None]], ...] = (
        (RANGE, _read_range),
        (PAST_OR_TO, _read_past_or_to),
        (NOON, _read_noon),
        (ONE, _read_one),
    )
    found = [read(match) for pattern, read in readers for match in pattern.finditer(plain)]
    read_until = 0
    for hours in sorted(filter(None, found), key=lambda hours: (hours.start, -hours.end)):
        if hours.start >= read_until:
            read_until = hours.end
            yield hours


def _read_range(match: re.Match[str]) -> Hours | None:
    begin, end = _read_hour(match, "1"), _read_hour(match, "2")
    if begin is None or end is None or not _is_range(match):
        return None
    if match["late2"] and not _says_half(match, "1") and _shift(begin, _HALF_DAY) < end:
        begin = _shift(begin, _HALF_DAY)
    elif match["early2"] and not _says_half(match, "1") and begin.hour > _HALF_DAY:
        begin = _shift(begin, -_HALF_DAY)
    if begin >= end and not _says_half(match, "2") and end.hour < _HALF_DAY:
        end = _shift(end, _HALF_DAY)
    sure = _says_half(match, "1") or _says_half(match, "2")
    # What goes on past midnight ends on another day, so only its beginning counts.
    last = end if begin < end else None
    return Hours(*match.span(), begin, last, sure, bare=not _is_clear(match))


def _is_range(match: re.Match[str]) -> bool:
    """Whether two numbers may be hours: "kids de 4 y 6" are not, nor is "3 and 4pm"."""
    return match["intro"] in _BETWEEN or match["to"] not in _APART


def _is_clear(match: re.Match[str]) -> bool:
    return bool(match["intro"]) or _says_hour(match, "1") or _says_hour(match, "2")


def _read_one(match: re.Match[str]) -> Hours | None:
    hour = _read_hour(match, "")
    if hour is None or not (_says_hour(match, "") or _is_introduced(match)):
        return None
    before, after = match["not_after"], match["not_before"]
    early, late = (None, hour) if before else (hour, None)
    return Hours(*match.span(), early, late, _says_half(match, ""), exact=not (before or after))


def _is_introduced(match: re.Match[str]) -> bool:
    """Whether the words before a bare number make an hour of it."""
    if match["article"]:
        # "Las 2" may be two women, unless nothing else is said.
        return match[0] == match.string.strip()
    said = match["not_before"] or match["not_after"] or match["at"] or match["sign"]
    if not said or _ONE_OF_US.match(match[0]) or _MORE_ABOUT.search(match.string[: match.end()]):
        return False
    # "At 18" is an age; only Spanish, with its article, counts on to 23 in speech.
    return not match["hour"].isdigit() or int(match["hour"]) <= _HALF_DAY or said.endswith("las")


def _read_past_or_to(match: re.Match[str]) -> Hours | None:
    hour = _parse_hour(match["hour"], match["late"], match["early"])
    if hour is None or (match["part"] == "half" and match["side"] != "past"):
        return None
    minutes = 30 if match["part"] == "half" else 15 if match["side"] == "past" else -15
    total = hour * _HOUR + minutes
    moment = time(total // _HOUR % _DAY, total % _HOUR)
    return Hours(*match.span(), moment, None, bool(match["late"] or match["early"]), exact=True)


def _read_noon(match: re.Match[str]) -> Hours:
    hour = time(0) if match["midnight"] else time(_HALF_DAY)
    if match["not_after"] or match["del_before"] == "antes":
        until = time(23, 59) if match["midnight"] else hour
        return Hours(*match.span(), None, until, sure=True)
    later = match["not_before"] or match["del_before"]
    return Hours(*match.span(), hour, None, sure=True, exact=not later)


def _read_hour(match: re.Match[str], n: str) -> time | None:
    """The hour with its minutes; ``None`` when no clock shows it."""
    if _SPANISH.fullmatch(match[f"hour{n}"]) and not _has_article(match, n):
        return None
    late, early = match[f"late{n}"], match[f"early{n}"]
    hour = _parse_hour(match[f"hour{n}"], late, early)
    minute = match[f"minute{n}"] or match[f"packed{n}"] or QUARTERS.get(match[f"quarter{n}"], 0)
    return None if hour is None else time(hour, int(minute))


def _parse_hour(text: str, late: str | None, early: str | None) -> int | None:
    hour = _ELEVEN if text == _ONCE else parse_number(text)
    if hour >= _DAY or (early and hour > _HALF_DAY):
        return None
    if early or (late and hour == _HALF_DAY and _NIGHT.search(late)):
        return hour % _HALF_DAY
    if hour < _HALF_DAY and (late or (0 < hour <= _LAST_ERRAND and text[0] != "0")):
        return hour + _HALF_DAY
    return hour


def _has_article(match: re.Match[str], n: str) -> bool:
    """Whether a Spanish word for a number has what makes an hour of it: "las dos"."""
    return match.string[: match.start(f"hour{n}")].endswith(("las ", "la "))


def _says_hour(match: re.Match[str], n: str) -> bool:
    """Whether a number is an hour even without a word before it."""
    clock = match[f"clock{n}"]
    said = clock and not clock.startswith("h")
    parts = ("minute", "late", "early", "quarter", "ish")
    return bool(said) or any(match[f"{part}{n}"] for part in parts)


def _says_half(match: re.Match[str], n: str) -> bool:
    hour = match[f"hour{n}"]
    said = match[f"late{n}"] or match[f"early{n}"]
    return bool(said) or (hour.isdigit() and (hour[0] == "0" or int(hour) > _HALF_DAY))


def _shift(moment: time, hours: int) -> time:
    """The same moment some hours later, on the same day as long as there is one."""
    return moment.replace(hour=(moment.hour + hours) % _DAY)
