"""When: one entity for each day that a person names, with the hours they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from bot.entities.days import find_days
from bot.entities.entity import Entity, Kind
from bot.entities.hours import find_hours
from bot.entities.moments import find_moments
from bot.entities.parts import find_parts
from bot.entities.phrases import Phrase, Piece, find_phrases
from bot.entities.reading import Reading

#: Hours that are ruled out: "not at night", "don't call after 5".
_RULED_OUT = re.compile(
    r"\b(?:not|no|never|nunca|except|menos|excepto|salvo|ni|cant|no puedo"
    r"|(?:dont|do not|never) (?:call|text|write|message)(?: me)?"
    r"|no (?:me )?(?:llam\w+|escrib\w+|mand\w+|texte\w+))\s"
    r"(?:in\s|on\s|at\s|en\s|the\s|early\s|late\s)*$"
)
#: A part of the day alone is meant as a time when something is said of it.
_IS_BEST = re.compile(r"\s(?:is|works?|would|wld|best|better|mejor|please|pls|por favor|porfa)\b")
_LOOKED_BACK_AT = 40


def find_times(reading: Reading, now: datetime) -> Iterator[Entity]:
    """The times in a message, counted from ``now``, which has the person's time zone.

    The value has ``day`` (ISO date), ``from`` and ``until`` ("HH:MM"), each ``None`` when
    it is not said. A moment ("at 3") is ``from`` it on.
    """
    plain, today = reading.plain, now.date()
    for start, end, moment in find_moments(plain, now):
        value = _value(moment.date(), moment.time(), None)
        yield reading.entity(Kind.TIME, value, start, end)
    pieces: list[Piece] = [*find_days(plain, today), *find_hours(plain), *find_parts(plain)]
    for phrase in find_phrases(plain, pieces):
        if _says_when(phrase, plain):
            yield from _read(phrase, reading)


def _read(phrase: Phrase, reading: Reading) -> Iterator[Entity]:
    after, before = phrase.span()
    dates = {day for days in phrase.days for day in days.dates}
    days: list[date | None] = [*sorted(dates)]
    for day in days or [None]:
        value = _value(day, after, before)
        yield reading.entity(Kind.TIME, value, phrase.start, phrase.end)


def _says_when(phrase: Phrase, plain: str) -> bool:
    if phrase.days:
        return True
    if _RULED_OUT.search(plain[max(0, phrase.start - _LOOKED_BACK_AT) : phrase.start]):
        return False
    if any(not piece.bare for piece in phrase.clock):
        return True
    if phrase.hours:
        return False
    return not plain[: phrase.start].strip() and bool(_IS_BEST.match(plain, phrase.end))


def _value(day: date | None, after: time | None, before: time | None) -> dict[str, str | None]:
    return {
        "day": day.isoformat() if day else None,
        "from": after.strftime("%H:%M") if after else None,
        "until": before.strftime("%H:%M") if before else None,
    }
