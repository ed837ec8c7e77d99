"""Days of the week: "next fri", "sat or sun", "entre semana", "el lunes que viene".

"Friday" is the next one to come, "this Friday" may be today, and "next Friday" is the one
of next week. "El próximo viernes" is the next one to come, as people who write it mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import MO, relativedelta, weekday

from bot.entities.dates import Days

_NAMES = (
    ("monday", "mon", "lunes"), ("tuesday", "tues", "tue", "martes"),
    ("wednesday", "wednsday", "wensday", "weds", "miercoles", "mier", "mie"),
    ("thursday", "thurs", "thur", "thu", "jueves", "juev", "jue"),
    ("friday", "fri", "viernes", "vier"),
    ("saturday", "saterday", "satuday", "sabado", "sab"),
    ("sunday", "domingo"),
)  # fmt: skip
#: Short forms that are words of their own: past of "sit", the sun, the sea. They count
#: only beside words that go with days.
_UNSURE = {"wed": 2, "sat": 5, "sun": 6, "lun": 0, "mar": 1, "vie": 4, "dom": 6}
_NUMBER_OF = {name: n for n, names in enumerate(_NAMES) for name in names} | _UNSURE
_ONE = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_BEFORE = re.compile(
    r"(?:^|[,;.!?/&]\s?|\b(?:on|this|next|every|any|free|off|or|and|n|y|o|u|el|los|este|proximo|only"
    rf"|til|by|{_ONE})\s)$"
)
_GOES_ON = re.compile(
    r"\W*$|\s?[,;.!?/&]|\s(?:at|after|before|around|from|or|and|n|o|y|mornings?|afternoons?|evenings?"
    r"|nights?|noon|a las|por la|en la|x la|through|thru|i think|works?|pls|please|if"
    rf"|{_ONE}|[0-9]+\s?[ap]m)\b"
)
_WEEKDAY = re.compile(
    r"\b(?P<next_week>(?:next week|la proxima semana|la otra semana|la semana que (?:viene|entra)"
    r"|la semana q (?:viene|entra))[,\s]\s?(?:on\s|el\s)?)?(?P<which>(?:this|next|este)\s)?"
    rf"(?P<name>{_ONE})s?\b(?:\.(?=\s))?(?P<later>\s(?:of\s)?next week\b)?"
    rf"(?:\s?(?:-|–|to|thru|through|a|al)\s?(?P<last>{_ONE})s?\b)?"
)
_GROUP = re.compile(
    r"\b(?P<which>next\s|proximo\s)?(?:(?P<weekend>week\s?ends?|wk\s?nds?"
    r"|fin(?:es)? de semana|findes?)"
    r"|(?P<week>weekdays?|entre semana|m\s?-\s?f))\b"
)
_WEEK = 7
_WORKDAYS, _WEEKEND = range(5), range(5, 7)


def find_weekdays(plain: str, today: date) -> Iterator[Days]:
    """The days of the week in a message, as dates from ``today`` on."""
    for match in _WEEKDAY.finditer(plain):
        if _is_day(match, plain):
            yield Days(*match.span(), tuple(_dates(match, today)))
    for match in _GROUP.finditer(plain):
        numbers = _WEEKEND if match["weekend"] else _WORKDAYS
        yield Days(*match.span(), _group(numbers, bool(match["which"]), today))


def _dates(match: re.Match[str], today: date) -> Iterator[date]:
    first, last = _NUMBER_OF[match["name"]], _NUMBER_OF[match["last"] or match["name"]]
    for offset in range((last - first) % _WEEK + 1):
        yield _date((first + offset) % _WEEK, match, today)


def _date(number: int, match: re.Match[str], today: date) -> date:
    """The day that a name means: of next week, perhaps today, or the next to come."""
    which = (match["which"] or "").strip()
    if match["next_week"] or match["later"] or which == "next":
        return _coming(number, _coming(MO.weekday, today + timedelta(days=1)))
    return _coming(number, today if which in {"this", "este"} else today + timedelta(days=1))


def _coming(number: int, first: date) -> date:
    """The first day of a name from ``first`` on."""
    coming: date = first + relativedelta(weekday=weekday(number))
    return coming


def _group(numbers: range, next_week: bool, today: date) -> tuple[date, ...]:
    """The coming days of a weekend or of a week's work, today included."""
    first = _coming(MO.weekday, today + timedelta(days=1)) if next_week else today
    return tuple(sorted(_coming(number, first) for number in numbers))


def _is_day(match: re.Match[str], plain: str) -> bool:
    if match["name"] not in _UNSURE or match["which"] or match["next_week"] or match["last"]:
        return True
    before, after = plain[max(0, match.start() - 12) : match.start()], plain[match.end() :]
    return bool(_BEFORE.search(before) and _GOES_ON.match(after))
