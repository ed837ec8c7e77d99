"""What a person wishes of an appointment, read from a message in their own words."""

from __future__ import annotations

import re
from datetime import datetime

from bot.entities.entity import Entity, Kind
from bot.entities.languages import find_languages
from bot.entities.provider_gender import find_provider_gender
from bot.entities.reading import Reading, parse_reading
from bot.entities.times import find_times

#: By phone or video, or on the spot.
_REMOTE = re.compile(
    r"\b(?:online|phone|telefono|video|zoom|virtual\w*|remote\w*|tele ?health|by call|por llamada"
    r"|en linea|a distancia)\b"
)
_ON_SPOT = re.compile(r"\b(?:in person|face to face|en persona|presencial\w*|ir alla|go there)\b")
_NEEDS = {
    "w_child_care": re.compile(
        r"\b(?:child ?care|day ?care|babysit\w*|someone to watch|guarderia|cuid\w+ (?:de |a )?"
        r"(?:mis |los |las )?(?:ninos|hijos|ninas|hijas|bebe))\b"
    ),
    "w_interpreter": re.compile(r"\b(?:interpret\w+|translat\w+|traduc\w+)\b"),
    "w_transport": re.compile(r"\b(?:ride|transport\w*|pick ?up|raite|me recojan|me lleven)\b"),
}


def parse_wishes(untrusted_text: str, now: datetime) -> dict[str, str]:
    """Wishes by name; none when the message names none. ``now`` has the person's time zone."""
    reading = parse_reading(untrusted_text)
    wishes = {name: "yes" for name, words in _NEEDS.items() if words.search(reading.plain)}
    return {**wishes, **_parse_way(reading), **_parse_time(reading, now), **_parse_who(reading)}


def _parse_way(reading: Reading) -> dict[str, str]:
    if _REMOTE.search(reading.plain):
        return {"w_remote": "yes"}
    return {"w_remote": "no"} if _ON_SPOT.search(reading.plain) else {}


def _parse_time(reading: Reading, now: datetime) -> dict[str, str]:
    first = next(iter(find_times(reading, now)), None)
    if first is None or not isinstance(first.value, dict):
        return {}
    named = {f"w_{name}": value for name, value in first.value.items()}
    return {name: str(value) for name, value in named.items() if value}


def _parse_who(reading: Reading) -> dict[str, str]:
    found: list[Entity] = [*find_languages(reading), *find_provider_gender(reading)]
    names = {Kind.LANGUAGE: "w_language", Kind.PROVIDER_GENDER: "w_gender"}
    return {names[one.kind]: str(one.value) for one in found}
