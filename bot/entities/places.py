"""ZIP codes and towns as entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

from bot.directory.places import Places
from bot.entities.entity import Entity, Kind, Value
from bot.entities.reading import Reading
from bot.entities.towns import Town, find_towns

#: Five digits that are neither part of a number, a price nor a code.
_ZIP = re.compile(
    r"(?<![\w$#/:+-])(?<![0-9][.,])[0-9]{5}(?:-[0-9]{4})?"
    r"(?![\w-]|[.,:/][0-9]|\s?(?:dollars|bucks|dolares|pesos)\b)"
)


def find_zips(reading: Reading, places: Places) -> Iterator[Entity]:
    """The ZIP codes in a message that exist; a value is what is known of the place."""
    for match in _ZIP.finditer(reading.plain):
        if place := places.find_zip(match[0]):
            yield reading.entity(Kind.ZIP, dict(asdict(place)), *match.span())


def find_town_entities(
    reading: Reading, places: Places, home_state: str | None
) -> Iterator[Entity]:
    """The towns in a message. Where several share a name, the one at home is the value.

    ``states`` in a value are those of all towns of the name, so that a caller can ask which.
    """
    for town in find_towns(reading.plain, places, home_state):
        yield reading.entity(Kind.TOWN, _value(town), town.start, town.end)


def _value(town: Town) -> Value:
    return {**asdict(town.places[0]), "states": [place.state for place in town.places]}
