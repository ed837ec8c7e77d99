"""Words as they are compared: lower case, no accents, drawn-out letters cut short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import snowballstemmer

#: Characters. What is written beyond this changes no meaning and only costs time.
LONGEST = 2000

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_STEMMERS: Mapping[str, snowballstemmer.stemmer] = {
    name: snowballstemmer.stemmer(name) for name in ("english", "spanish")
}


def fold(untrusted_text: str) -> str:
    """The text without case, accents, apostrophes and hidden characters; ``sooooo`` is ``soo``."""
    plain = unicodedata.normalize(
        "NFKD", untrusted_text[:LONGEST].translate(_APOSTROPHES).casefold()
    )
    kept = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})
    return _DRAWN_OUT.sub(r"\1\1", kept)


def parse_words(text: str) -> list[str]:
    """Words, numbers and single signs, in order. An emoji is a sign."""
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def find_stem(word: str, language: str) -> str:
    """The stem of a folded word: ``pegaba`` and ``pegó`` are ``peg`` in ``spanish``."""
    return str(_STEMMERS[language].stemWord(word))
