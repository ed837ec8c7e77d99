"""Slips of the thumb put right, for the reading alone: ``nceesito`` is read as ``necesito``.

A word is put right only where nobody knows it: not the examples, not the word list, not an
English dictionary. Nothing else in Waymark sees the corrected text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from symspellpy import SymSpell, Verbosity

from engine.nlu.words import fold

#: Letters. Shorter words have too many neighbours.
_SHORTEST = 4
_EDITS = 1
#: English words in the order of their frequency from which a slip may come.
_COMMON_ENGLISH = 25_000
#: An example's words are likelier to be meant than any dictionary's.
_OURS, _ENGLISH = 1000, 1_000_000


class Speller:
    """``counts``: how often each folded word stands in the examples and the word list."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        english = _find_english()
        self._known = counts.keys() | english.keys()
        self._index = SymSpell(max_dictionary_edit_distance=_EDITS, prefix_length=7)
        for word in [*counts, *list(english)[:_COMMON_ENGLISH]]:
            weight = counts.get(word, 0) * _OURS + english.get(word, 0) // _ENGLISH
            self._index.create_dictionary_entry(word, 1 + weight)

    def correct(self, word: str) -> str:
        """The word that was meant, or ``word`` itself where that cannot be told."""
        plain = fold(word)
        if not plain.isalpha() or len(plain) < _SHORTEST or plain in self._known:
            return word
        found = self._index.lookup(plain, Verbosity.TOP, max_edit_distance=_EDITS)
        return str(found[0].term) if found else word


@cache
def _find_english() -> dict[str, int]:
    """The library's English words with their counts, the commonest first."""
    file = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = (line.split() for line in file.read_text(encoding="utf-8-sig").splitlines())
    words = {word: int(count) for word, count in lines}
    return dict(sorted(words.items(), key=lambda pair: -pair[1]))
