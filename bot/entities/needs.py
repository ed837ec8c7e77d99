"""Needs that the words of a message name: "somewhere to sleep", "abogado", "doc"."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.entities.entity import Entity, Kind
from bot.entities.reading import Reading

_WORD = re.compile(r"[^\W_]+")

#: Shorter words turn into others too easily.
_SHORTEST_MISSPELT, _LONGEST_WORD = 6, 20
#: A message of so few words is a wish by itself, and a wish stands so near to its object.
_SHORT, _NEAR = 3, 4

Phrase = tuple[str, ...]


def find_needs(reading: Reading) -> Iterator[Entity]:
    """The needs in a message, each once, where it is first named."""
    typed = list(_WORD.finditer(reading.plain))
    words = [_meant(word[0]) for word in typed]
    found: set[str] = set()
    for place, phrase in _find_phrases(words):
        need = _phrases()[phrase]
        if need not in found and _is_wished(phrase, place, words):
            found.add(need)
            last = typed[place + len(phrase) - 1]
            yield reading.entity(Kind.NEED, need, typed[place].start(), last.end())


def _find_phrases(words: list[str]) -> Iterator[tuple[int, Phrase]]:
    """The known phrases of a message and where each begins; none shares a word."""
    place = 0
    while place < len(words):
        phrase = _longest(words, place)
        if phrase:
            yield place, phrase
        place += len(phrase) or 1


def _is_wished(phrase: Phrase, place: int, words: list[str]) -> bool:
    """Whether a phrase is said of a need: the weak ones are at the start or beside a wish."""
    if phrase not in _weak() or len(words) <= _SHORT or place == 0:
        return True
    near = words[max(0, place - _NEAR) : place + len(phrase) + _NEAR]
    return not _wishes().isdisjoint(near)


def _longest(words: list[str], place: int) -> Phrase:
    """The longest known phrase that begins at a place; empty when none does."""
    for phrase in _by_first_word().get(words[place], ()):
        if tuple(words[place : place + len(phrase)]) == phrase:
            return phrase
    return ()


def _meant(typed: str) -> str:
    """The word of a phrase that was meant by a mistyped one; otherwise what was typed."""
    if typed in _known() or typed in _real_words() or len(typed) > _LONGEST_WORD:
        return typed
    near = (_slips()[part] for part in _shortened(typed) if part in _slips())
    return next((word for word in near if _is_slip(typed, word)), typed)


def _shortened(word: str) -> Iterator[str]:
    """A word, and the same without one of its letters; the first letter is always right.

    Whatever the slip of one letter, two words have one of these in common.
    """
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(1, len(word)))


def _is_slip(typed: str, meant: str) -> bool:
    """Whether of two words with a shortened form in common only one letter is wrong, or two
    neighbours are swapped."""
    if len(typed) != len(meant):
        return True
    wrong = [place for place in range(len(typed)) if typed[place] != meant[place]]
    first, last = wrong[0], wrong[-1]
    swapped = typed[:first] + typed[last] + typed[first] + typed[last + 1 :]
    return first == last or swapped == meant


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("needs.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> Mapping[Phrase, str]:
    table: dict[str, list[str]] = _content()["needs"]
    return {tuple(phrase.split()): need for need, said in table.items() for phrase in said}


@cache
def _weak() -> frozenset[Phrase]:
    return frozenset(tuple(phrase.split()) for phrase in _content()["weak"])


@cache
def _wishes() -> frozenset[str]:
    return frozenset(_content()["wishes"])


@cache
def _by_first_word() -> Mapping[str, list[Phrase]]:
    starting: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(_phrases(), key=len, reverse=True):
        starting[phrase[0]].append(phrase)
    return dict(starting)


@cache
def _known() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase)


@cache
def _real_words() -> frozenset[str]:
    """Words that look like a mistyped need and are none."""
    text = Path(__file__).with_name("real_words.txt").read_text(encoding="utf-8")
    return frozenset(" ".join(text.splitlines()[1:]).split())


@cache
def _slips() -> Mapping[str, str]:
    """What is left of each word when a letter is gone, and the word it was."""
    long = sorted(word for word in _known() if len(word) >= _SHORTEST_MISSPELT)
    return {part: word for word in long for part in _shortened(word)}
