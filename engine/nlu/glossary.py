"""Reading Spanish in English words, so that an encoder that learned English grasps it.

The word list lies in ``data/lexicon``: written forms, a tab, the plain English words.
This is no translation and is never shown to anybody; it brings ``me quitó los papeles``
near ``he took my papers``. docs/decisions/0008 has the reasons and the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.nlu.words import find_stem, fold

#: Short words match as they are written: their stems are too much alike.
_SHORTEST_STEM = 4


class BadLexicon(ValueError):
    """A line of the word list is not ``form form<TAB>english words``."""


class Glossary:
    """Looks words up as written, then without accents, then by their stem.

    Keeps no message. ``lines`` are the word list's.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._english: set[str] = set()
        for form, gloss in find_entries(lines):
            plain = fold(form)
            self._written.setdefault(form, gloss)
            self._folded.setdefault(plain, gloss)
            self._stems.setdefault(find_stem(plain, "spanish"), gloss)
            self._english.update(gloss.split())

    def words(self) -> Iterable[str]:
        """Every form in the list, folded."""
        return self._folded.keys()

    def find(self, word: str) -> str | None:
        """The English of a word, or ``None`` where the list has none."""
        plain = fold(word)
        gloss = self._written.get(word) or self._folded.get(plain)
        if gloss is None and len(plain) >= _SHORTEST_STEM:
            gloss = self._stems.get(find_stem(plain, "spanish"))
        return gloss

    def is_spanish(self, words: Sequence[str]) -> bool:
        """More of the words are in the list than in the English that explains the list."""
        spanish = sum(fold(word) in self._folded for word in words)
        english = sum(word in self._english for word in words)
        return spanish > english


def find_lines(path: Path) -> list[str]:
    """The lines of a word list, or none where there is no such file."""
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def find_entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each form of a word list with its English. Raises :class:`BadLexicon`."""
    for line in lines:
        if not line or line.startswith("#"):
            continue
        forms, tab, gloss = line.partition("\t")
        if not tab or not gloss.strip():
            raise BadLexicon(repr(line))
        for form in forms.split():
            yield form, gloss.strip()
