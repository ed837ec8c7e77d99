"""Words of danger that a site adds: whole words, whatever their case and accents.

A typing mistake is forgiven as in the rules' own phrases. A site writes plain words; the notation
of ``phrases.py`` means nothing in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from bot.care.kinds import Kind
from bot.care.phrasebook import Phrasebook, find_vocabulary
from bot.care.reading import fold
from bot.care.rulebook import Rule, Rulebook

OwnWords = Mapping[Kind, Sequence[str]]

_WORD = re.compile(r"[^\W_]+")


def parse_phrase(untrusted_words: str) -> str:
    """The words as a phrase of the rules; empty when no letter or digit is in them."""
    return " ".join(_WORD.findall(fold(untrusted_words)))


def build_phrasebook(own: OwnWords, known: Collection[str]) -> Phrasebook | None:
    """A phrasebook of a site's own words; ``None`` when it has none.

    ``known`` are words that are never a typing mistake of another.
    """
    rules = tuple(
        Rule(kind, "The site's own words.", tuple(map(parse_phrase, words)), ())
        for kind, words in own.items()
        if words
    )
    book = Rulebook(spelling={}, real_words=frozenset(), groups={}, exactly={}, rules=rules)
    return Phrasebook(book, {*known, *find_vocabulary(book)}) if rules else None
