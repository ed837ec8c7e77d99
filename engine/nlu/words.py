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
#: Signs that ask, or that a smiley is made of.
_SPEAKING = "?!¿¡:;"
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


def is_telling(word: str) -> bool:
    """Whether a word, number or sign can mean something: Latin letters, digits, emoji, ``?``.

    A dot alone, or letters that no example has, would be read as whatever is nearest to noise.
    """
    first = unicodedata.normalize("NFKC", word)[:1]
    if first.isalpha():
        return "LATIN" in unicodedata.name(first, "")
    return first.isdigit() or first in _SPEAKING or unicodedata.category(first or " ")[0] == "S"


@lru_cache(maxsize=20_000)
def find_stem(word: str, language: str) -> str:
    """The stem of a folded word: ``pegaba`` and ``pegó`` are ``peg`` in ``spanish``."""
    return str(_STEMMERS[language].stemWord(word))
