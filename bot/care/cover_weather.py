"""Plausible weather: the same day in the same town always has the same, whoever asks and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

#: How far a single day's pull on the temperature goes, in degrees. Three days' pulls are mixed,
#: so that one day resembles the next.
_PULL = 10

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Season:
    """Months, as numbers, and the skies that they may have by day and by night."""

    months: frozenset[int]
    day: Sequence[Texts]
    night: Sequence[Texts]


@dataclass(frozen=True)
class Climate:
    """Usual highs and lows of each month in degrees, January first; any unit."""

    highs: Sequence[int]
    lows: Sequence[int]
    seasons: Sequence[Season]


def parse_climate(content: Mapping[str, Any]) -> Climate:
    """The climate of a cover's file. Raises ``KeyError`` where something is missing."""
    seasons = tuple(
        Season(frozenset(one["months"]), tuple(one["day"]), tuple(one["night"]))
        for one in content["seasons"]
    )
    return Climate(tuple(content["highs"]), tuple(content["lows"]), seasons)


def find_weather(climate: Climate, town: str, now: datetime, language: str) -> dict[str, str]:
    """The facts that the lines of a weather number may name, for the day of ``now`` and the next.

    ``now`` has the site's time zone.
    """
    today = now.date()
    tomorrow = _find_day(climate, town, today + timedelta(days=1), language)
    return {
        **dict(_find_day(climate, town, today, language)),
        **{f"tomorrow_{name}": fact for name, fact in tomorrow},
    }


def _find_day(climate: Climate, town: str, day: date, language: str) -> Iterator[tuple[str, str]]:
    pull = sum(_draw(town, day + timedelta(days=near), "heat") for near in (-1, 0, 1)) / 3
    warmer = round((pull - 0.5) * 2 * _PULL)
    high, low = (_of_day(usual, day) + warmer for usual in (climate.highs, climate.lows))
    yield "high", str(high)
    yield "low", str(low)
    yield "morning", str(low + (high - low) // 3)
    season = next(season for season in climate.seasons if day.month in season.months)
    for part, skies in (("am", season.day), ("pm", season.day), ("night", season.night)):
        sky = skies[int(_draw(town, day, part) * len(skies))]
        yield f"{part}_sky", sky[language]


def _of_day(usual: Sequence[int], day: date) -> int:
    """Between the middles of two months, so that the first of a month is no leap."""
    other = day + timedelta(days=15 if day.day > 15 else -15)
    near = abs(day.day - 15) / 30
    return round(usual[day.month - 1] * (1 - near) + usual[other.month - 1] * near)


def _draw(town: str, day: date, what: str) -> float:
    """A number from 0 up to 1 that is always the same for the same question."""
    asked = f"{town}\x1f{day.isoformat()}\x1f{what}".encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(asked).digest()[:4], "big") / 2**32
