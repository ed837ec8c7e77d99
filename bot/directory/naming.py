"""Names of what is confidential, found in texts that anybody may read. Pure.

A name is found word by word, whatever stands between the words, in any case and with or without
accents. ``docs/decisions/0012-what-the-public-directory-leaves-out.md`` says which names count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

#: In the place of a name.
ELLIPSIS = "…"
#: A name of one word has at least so many letters, or every "Home" would be one.
FEWEST_LETTERS = 8
#: Words that name nobody, alone or together: "Confidential location", "Main office".
_NAMELESS = frozenset(
    {
        *("a", "an", "at", "the", "not", "listed", "unlisted", "main", "lugar", "domicilio"),
        *("confidential", "confidencial", "undisclosed", "withheld", "unknown", "hidden"),
        *("private", "secret", "location", "address", "place", "site", "office", "building"),
        "shelter",
    }
)
#: What is no text for strangers, or none that names anybody: towns are what people look for.
_NO_TEXT = frozenset(
    {"id", "city", "region", "state_province", "country", "postal_code", "contacts"}
)
#: A letter or digit with the accents that may follow it.
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")

Words = tuple[str, ...]


class Names:
    """Names by the ids of the entries whose names they are."""

    def __init__(self, named: Iterable[tuple[str, str]] = ()) -> None:
        """``named`` are names, each with the id of its entry; what names nobody is left out."""
        self._ids: dict[Words, set[str]] = defaultdict(set)
        for name, entry_id in named:
            if is_telling(words := fold_words(name)):
                self._ids[words].add(entry_id)
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in self._ids:
            lengths[words[0]].add(len(words))
        # The longest first, so that "Harbor House Annex" is not taken for "Harbor House".
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, text: str) -> frozenset[str]:
        """Ids of the entries that a text names."""
        return frozenset(one for _, _, words in self._find(text) for one in self._ids[words])

    def hide(self, text: str) -> str:
        """The text with an ellipsis in the place of each name."""
        found, last = [], 0
        for start, end, _ in self._find(text):
            found += [text[last:start], ELLIPSIS]
            last = end
        return "".join([*found, text[last:]])

    def hide_all(self, told: Any) -> Any:
        """The same objects with every text hidden that is prose."""
        if isinstance(told, str):
            return self.hide(told)
        if isinstance(told, list):
            return [self.hide_all(one) for one in told]
        if isinstance(told, dict):
            return {
                key: one if _is_no_text(key) else self.hide_all(one) for key, one in told.items()
            }
        return told

    def _find(self, text: str) -> Iterator[tuple[int, int, Words]]:
        """Where a name begins and ends, and which; none within another."""
        spots = [(*one.span(), fold(one[0])) for one in _WORD.finditer(text)]
        at = 0
        while at < len(spots):
            words = self._match(text, spots, at)
            if words:
                yield spots[at][0], spots[at + len(words) - 1][1], words
            at += len(words) or 1

    def _match(self, text: str, spots: Sequence[tuple[int, int, str]], at: int) -> Words:
        """The name that the text begins with there; empty when it is none."""
        for length in self._lengths.get(spots[at][2], ()):
            said = spots[at : at + length]
            words = tuple(word for _, _, word in said)
            # What an ellipsis stands between was not one name.
            if words in self._ids and ELLIPSIS not in text[said[0][0] : said[-1][1]]:
                return words
        return ()


def find_prose(told: Any) -> Iterator[str]:
    """Every text in an object that is prose."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for one in told:
            yield from find_prose(one)
    elif isinstance(told, dict):
        for key, one in told.items():
            if not _is_no_text(key):
                yield from find_prose(one)


def is_telling(words: Words) -> bool:
    """Whether these words can be somebody's name."""
    enough = len(words) > 1 or len("".join(words)) >= FEWEST_LETTERS
    return enough and not _NAMELESS.issuperset(words)


def fold_words(text: str) -> Words:
    """The words of a text as they are compared."""
    return tuple(fold(one) for one in _WORD.findall(text))


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)) or word


def _is_no_text(key: str) -> bool:
    return key in _NO_TEXT or key.endswith("_id")
