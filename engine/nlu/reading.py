"""A message as the encoder reads it: slips put right, short forms spelled out, in English."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.nlu.glossary import Glossary, find_entries
from engine.nlu.speller import Speller
from engine.nlu.words import LONGEST, fold, is_telling, parse_words

#: Times a word must stand in the examples; a single time it may itself be a slip.
_FEWEST = 2
_FILE = "reading.json"


class Reading:
    """``spanish`` and ``english`` are the lines of the word lists in ``data/lexicon``;
    ``counts`` the words of the examples. Keeps no message.
    """

    def __init__(self, spanish: list[str], english: list[str], counts: Mapping[str, int]) -> None:
        self._spanish, self._english, self._counts = spanish, english, counts
        self._glossary = Glossary(spanish)
        self._short = dict(find_entries(english))
        # What the lists know is spelled right, and as likely as a word seen once.
        listed = dict.fromkeys((*self._glossary.words(), *map(fold, self._short)), 1)
        self._speller = Speller({**listed, **counts})

    @classmethod
    def learn(cls, spanish: list[str], english: list[str], examples: Iterable[str]) -> Reading:
        """With the words of the examples."""
        counts = Counter(word for text in examples for word in parse_words(fold(text)))
        known = {w: n for w, n in counts.items() if n >= _FEWEST and w.isalpha()}
        return cls(spanish, english, known)

    def read(self, untrusted_text: str) -> str:
        """The reading of a message; one that says nothing in our letters gives an empty one."""
        words = parse_words(untrusted_text[:LONGEST].lower())
        if not any(map(is_telling, words)):
            return ""
        spelled = [self._speller.correct(word) for word in words]
        if self._glossary.is_spanish(spelled):
            return " ".join(self._glossary.find(word) or word for word in spelled)
        return " ".join(self._short.get(word, word) for word in spelled)

    def save(self, folder: Path) -> None:
        """Keep the word lists and counts in ``folder``."""
        kept = {"spanish": self._spanish, "english": self._english, "counts": self._counts}
        (folder / _FILE).write_text(json.dumps(kept), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Reading:
        """What :meth:`save` kept. Raises ``OSError`` where there is nothing."""
        return cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
