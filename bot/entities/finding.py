"""All entities of a message."""

from __future__ import annotations

from datetime import datetime

from bot.directory.places import Places
from bot.entities.children import find_children
from bot.entities.entity import Entity
from bot.entities.languages import find_languages
from bot.entities.needs import find_needs
from bot.entities.places import find_town_entities, find_zips
from bot.entities.provider_gender import find_provider_gender
from bot.entities.reading import parse_reading
from bot.entities.times import find_times


def find_entities(
    untrusted_text: str, *, now: datetime, places: Places, home_state: str | None = None
) -> list[Entity]:
    """Every entity in the first thousand characters of a message, in the order of the text.

    ``now`` is aware of the person's time zone; times are counted from it. Towns of one name
    are sorted with those of ``home_state`` first. Any text is answered; none raises.
    """
    reading = parse_reading(untrusted_text)
    entities = [
        *find_zips(reading, places),
        *find_town_entities(reading, places, home_state),
        *find_needs(reading),
        *find_times(reading, now),
        *find_children(reading),
        *find_languages(reading),
        *find_provider_gender(reading),
    ]
    return sorted(entities, key=lambda entity: (entity.start, entity.end))
