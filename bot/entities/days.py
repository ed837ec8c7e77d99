"""Days in a text, however they are named: "tmrw", "next fri", "el 14 de marzo", "in 2 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.entities.dates import LATEST, Days, find_dates
from bot.entities.numbers import NUMBER, parse_number
from bot.entities.weekdays import find_weekdays

_FROM_TODAY = re.compile(
    r"\b(?:(?P<today>today|2day|tonight|tonite|2nite|2night|hoy|this (?=morning|afternoon|evening)"
    r"|esta (?=manana|tarde|noche))"
    r"|(?P<after>(?:the )?day after (?:tomorrow|tmrw?|tmw)|pasado (?:manana|mnn))"
    r"|(?P<tomorrow>tom+or+ow|tomm?oro|tmrow|tmo?rrow|tmrw|tmr|tmw|2mrw|2mo?rr?ow|2moro|2mro|tomor+ow"
    r"|(?<!la )(?<!las )(?<!esta )(?<!cada )(?<!hasta )(?<!de )manana|mnn|manna))\b"
)
_LATER = re.compile(
    r"\b(?:in|en|dentro de)\s(?:about\s|like\s|unos\s|unas\s|un par de\s|a\s(?=couple))?"
    rf"(?:(?P<number>{NUMBER})|(?P<couple>couple(?:\sof)?)|a)\s?"
    r"(?:(?P<days>days?|dias?)|(?P<weeks>weeks?|wks?|semanas?)|(?P<months>months?|mes(?:es)?))\b"
)
#: "I have not eaten in 2 days" looks back.
LOOKS_BACK = re.compile(
    r"\w(?:nt|not)\b|\b(?:no|not|never|nunca|nada|nadie|nobody|been|happened|times?|first|only|veces"
    r"|primera|second|third)\b"
)
_NOT_MEANT_BEFORE = re.compile(
    r"(?:\b(?:not|no|ni|except|menos|excepto|salvo|since|desde|until|till?|hasta|last|besides|never"
    r"|other|cant|cannot|no puedo|(?:any|every|all)(?:\s?day|\s?time)?s? but|otro|pasado"
    r"|before|antes del?)"
    r"\s(?:on\s|el\s|los\s|the\s|do\s|come\s|make\s|it\s)*)$"
)
_NOT_MEANT_AFTER = re.compile(
    r"\s(?:no(?=\s?[,.;!]|$|\s(?:puedo|me|se)\b)|pasad[oa]\b|ago\b|(?:will )?not\b|wont\b|doesnt\b"
    r"|isnt\b|is (?:bad|no good|out)\b|(?:night\s)?was\b)"
)
_THE = re.compile(r"[\s,]+(?:the\s|el\s)?")
LOOKED_BACK_AT = 40


def find_days(plain: str, today: date) -> list[Days]:
    """The days in a message from ``today`` to a year later, first to last.

    Left out are days that are ruled out ("not monday") or past ("last friday").
    """
    finders = (find_weekdays, find_dates, _find_from_today, _find_later)
    found = [days for find in finders for days in find(plain, today) if _is_meant(days, plain)]
    return list(_in_order(found, plain))


def _find_from_today(plain: str, today: date) -> Iterator[Days]:
    for match in _FROM_TODAY.finditer(plain):
        ahead = 0 if match["today"] else 1 if match["tomorrow"] else 2
        yield Days(*match.span(), (today + relativedelta(days=ahead),))


def _find_later(plain: str, today: date) -> Iterator[Days]:
    for match in _LATER.finditer(plain):
        day = _later(match, today)
        before = plain[max(0, match.start() - LOOKED_BACK_AT) : match.start()]
        if day <= today + LATEST and not LOOKS_BACK.search(before):
            yield Days(*match.span(), (day,))


def _later(match: re.Match[str], today: date) -> date:
    number = parse_number(match["number"]) if match["number"] else 2 if match["couple"] else 1
    days, weeks, months = (number if match[unit] else 0 for unit in ("days", "weeks", "months"))
    day: date = today + relativedelta(days=days, weeks=weeks, months=months)
    return day


def _is_meant(days: Days, plain: str) -> bool:
    before = plain[max(0, days.start - LOOKED_BACK_AT) : days.start]
    ruled_out = _NOT_MEANT_BEFORE.search(before) or _NOT_MEANT_AFTER.match(plain, days.end)
    return ruled_out is None


def _in_order(found: list[Days], plain: str) -> Iterator[Days]:
    """The longest of those that share words, first to last.

    "Thursday the 9th" is the 9th, even if that is no Thursday.
    """
    last: Days | None = None
    for days in sorted(found, key=lambda days: (days.start, -days.end)):
        if last and days.start < last.end:
            continue
        if last and days.of_calendar and _THE.fullmatch(plain, last.end, days.start):
            days = replace(days, start=last.start)
        elif last:
            yield last
        last = days
    if last:
        yield last
