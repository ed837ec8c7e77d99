"""The notation of safety phrases, turned into spaCy's token patterns.

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
from typing import Any

from spacy.matcher import levenshtein

from bot.care.errors import BadPattern
from bot.care.reading import STOP, fold

_SHORTEST_FUZZY = 5
_TWO_EDITS_FROM = 8

Groups = Mapping[str, tuple[str, ...]]
TokenPattern = dict[str, Any]


def parse_phrase(phrase: str, groups: Groups) -> list[TokenPattern]:
    """The token patterns of one phrase. Raises ``BadPattern`` when a group is unknown."""
    return [_parse_part(part, groups) for part in phrase.split()]


def parse_vocabulary(phrase: str, groups: Groups) -> set[str]:
    """Every word that a phrase can match."""
    return {word for part in phrase.split() for word in _words(part.strip("()*"), groups)}


def is_same_word(typed: str, meant: str, _edits: int) -> bool:
    """Whether ``typed`` is ``meant`` with a typing mistake; spaCy's ``fuzzy_compare``.

    spaCy's own measure allows two edits in a word of two letters, which would turn
    ``bill me`` into ``kill me``. Here the first letter must be right, short words must
    be exact, and swapped letters count as one mistake.
    """
    if len(meant) < _SHORTEST_FUZZY or typed[:1] != meant[:1]:
        return typed == meant
    edits = 2 if len(meant) >= _TWO_EDITS_FROM else 1
    return levenshtein(typed, meant, edits) <= edits or sorted(typed) == sorted(meant)


def _parse_part(part: str, groups: Groups) -> TokenPattern:
    if part == "..":
        return {"LOWER": {"NOT_IN": [STOP]}, "OP": "{0,4}"}
    if part == "#":
        return {"IS_DIGIT": True}
    if part.startswith("("):
        return {**_parse_part(part[1:-1], groups), "OP": "?"}
    if part.endswith("*"):
        return {**_parse_part(part[:-1], groups), "OP": "*"}
    return _parse_choice(_words(part, groups))


def _parse_choice(words: list[str]) -> TokenPattern:
    if any(len(word) >= _SHORTEST_FUZZY for word in words):
        return {"LOWER": {"FUZZY": {"IN": words}}}
    return {"LOWER": {"IN": words}}


def _words(part: str, groups: Groups) -> list[str]:
    return [fold(word) for choice in part.split("/") for word in _choices(choice, groups)]


def _choices(choice: str, groups: Groups) -> tuple[str, ...]:
    if not choice.startswith("<"):
        return (choice,)
    name = choice.strip("<>")
    if name not in groups:
        raise BadPattern(f"<{name}> is not in [words]")
    return groups[name]
