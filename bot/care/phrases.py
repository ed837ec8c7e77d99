"""The notation of safety phrases.

===========  ==================================================================
``door``     this word; from five letters on, with a typing mistake too
``me/us``    one of these words
``<he>``     one of the words in the group ``he`` of the same file
``(now)``    may be left out; also ``(<he>)`` and ``(me/us)``
``<ok>*``    any number of them, or none
``#``        a number
``..``       up to four words of any kind, within one sentence
``.``        the sentence begins or ends here
===========  ==================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Levenshtein

from bot.care.errors import BadPattern
from bot.care.reading import fold

_SHORTEST_FUZZY = 5
_TWO_EDITS_FROM = 10

#: Stands for every number.
NUMBER = "#"

Groups = Mapping[str, tuple[str, ...]]


class Times(Enum):
    """How often the words of a part may stand there."""

    ONCE = "once"
    MAYBE = "maybe"
    OFTEN = "often"
    GAP = "gap"


@dataclass(frozen=True)
class Part:
    """One place in a phrase. A gap has no words: anything may stand there."""

    words: frozenset[str]
    times: Times


Phrase = tuple[Part, ...]


def parse_phrase(phrase: str, groups: Groups) -> Phrase:
    """The parts of one phrase. Raises ``BadPattern`` when a group is unknown."""
    return PhraseReader(groups).parse(phrase)


class PhraseReader:
    """Reads the phrases of one file, which use the same few parts again and again."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._parts: dict[str, Part] = {}

    def parse(self, phrase: str) -> Phrase:
        """As :func:`parse_phrase`."""
        return tuple(map(self._find_part, phrase.split()))

    def _find_part(self, part: str) -> Part:
        if part not in self._parts:
            self._parts[part] = _parse_part(part, self._groups)
        return self._parts[part]


def is_same_word(typed: str, meant: str) -> bool:
    """Whether ``typed`` is ``meant``, perhaps with a typing mistake.

    The first letter must be right and short words must be exact, or ``bill me`` would be
    ``kill me``. Swapped letters count as one mistake.
    """
    edits = count_edits(meant)
    if not edits or typed[:1] != meant[:1]:
        return typed == meant
    if Levenshtein.distance(typed, meant, score_cutoff=edits) <= edits:
        return True
    return len(typed) == len(meant) and sorted(typed) == sorted(meant)


def count_edits(meant: str) -> int:
    """How many typing mistakes are forgiven in a word."""
    if len(meant) < _SHORTEST_FUZZY:
        return 0
    return 2 if len(meant) >= _TWO_EDITS_FROM else 1


def _parse_part(part: str, groups: Groups) -> Part:
    if part == "..":
        return Part(frozenset(), Times.GAP)
    if part.startswith("("):
        return Part(_words(part[1:-1], groups), Times.MAYBE)
    if part.endswith("*"):
        return Part(_words(part[:-1], groups), Times.OFTEN)
    return Part(_words(part, groups), Times.ONCE)


def _words(part: str, groups: Groups) -> frozenset[str]:
    choices = (_choices(choice, groups) for choice in part.split("/"))
    return frozenset(fold(word) for words in choices for word in words)


def _choices(choice: str, groups: Groups) -> tuple[str, ...]:
    if not choice.startswith("<"):
        return (choice,)
    name = choice.strip("<>")
    if name not in groups:
        raise BadPattern(f"<{name}> is not in [words]")
    return groups[name]
