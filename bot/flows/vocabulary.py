"""The words that many of our own examples use. Nothing that a person wrote makes a word known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.care.stripping import split_words
from bot.flows.published import LiveContent
from bot.written import load_written

#: A word of fewer examples may be a name or a detail.
FEWEST_EXAMPLES = 3


def load_vocabulary(root: Path, language: str) -> frozenset[str]:
    """The known words of a language of the content under ``root``; none of one it has not.

    Raises ``OSError`` or ``yaml.YAMLError``.
    """
    counted: Counter[str] = Counter()
    for path in sorted((root / "data" / "nlu" / language).glob("*.yml")):
        for one in load_written(path)["nlu"]:
            for example in {*one["examples"].splitlines()} if "intent" in one else ():
                counted.update(set(split_words(example)))
    return frozenset(word for word, count in counted.items() if count >= FEWEST_EXAMPLES)


class LiveVocabulary:
    """The known words of the content in use, read when they are first needed."""

    def __init__(self, content: LiveContent) -> None:
        self._content = content
        self._read: dict[tuple[Path, str], frozenset[str]] = {}

    def __call__(self, language: str) -> frozenset[str]:
        """As :func:`load_vocabulary`. The first call takes some tenths of a second."""
        wanted = self._content(), language
        if wanted not in self._read:
            self._read = {key: value for key, value in self._read.items() if key[0] == wanted[0]}
            self._read[wanted] = load_vocabulary(*wanted)
        return self._read[wanted]
