"""What a provider may answer about its entry, read from a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.streets import tells_where
from bot.directory.rows import storable
from bot.store.capacities import UNITS

#: Characters of a provider's own words.
LONGEST = 1000
_COUNT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True)
class AllRight:
    """Everything that is shown is so."""


@dataclass(frozen=True)
class Different:
    """Something is not, in their own words."""

    words: str


@dataclass(frozen=True)
class Beds:
    """So many are free, of so many if that was said."""

    available: int
    maximum: int | None
    unit: str


@dataclass(frozen=True)
class Fault:
    """Why an answer was not taken: the name of a sentence, and the form that it stands in."""

    form: str
    word: str


Answer = AllRight | Different | Beds | Fault


def parse_answer(untrusted_form: Mapping[str, str], *, confidential: bool) -> Answer:
    """What was said. Of a ``confidential`` place no words are taken that tell where it is."""
    said = untrusted_form.get("said", "")
    if said == "right":
        return AllRight()
    if said == "beds":
        return _parse_beds(untrusted_form)
    return _parse_words(untrusted_form.get("words", ""), confidential=confidential)


def _parse_words(untrusted_words: str, *, confidential: bool) -> Different | Fault:
    words = storable(untrusted_words.replace("\r\n", "\n")).strip()
    if not words:
        return Fault("different", "no_words")
    if len(words) > LONGEST:
        return Fault("different", "too_long")
    if confidential and tells_where(words):
        return Fault("different", "tells_where")
    return Different(words)


def _parse_beds(untrusted_form: Mapping[str, str]) -> Beds | Fault:
    free, most = (untrusted_form.get(name, "").strip() for name in ("free", "of"))
    unit = untrusted_form.get("unit", UNITS[0])
    if not _COUNT.fullmatch(free) or (most and not _COUNT.fullmatch(most)) or unit not in UNITS:
        return Fault("beds", "no_number")
    if most and int(most) < int(free):
        return Fault("beds", "more_than_all")
    return Beds(int(free), int(most) if most else None, unit)
