"""The small words around what the house knows and asks, in the languages of the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from bot.settings import ROOT
from bot.written import load_written

FOLDER = ROOT / "data" / "phrases"
DEFAULT = "en"


class Phrases:
    """One language's phrases. Raises ``KeyError`` for a phrase that nobody wrote."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        self._written = written

    def say(self, name: str, /, **values: object) -> str:
        """A phrase with its blanks filled in."""
        return str(self._written[name]).format(**values)

    def option(self, name: str, /, **values: object) -> str:
        """The title of something to choose."""
        return str(self._written["options"][name]).format(**values)

    def named(self, group: str, name: str) -> str:
        """What one of a group is called, such as a consent or a part of life."""
        return str(self._written[group].get(name, name))

    def find(self, group: str, name: str) -> str:
        """The same, or nothing where there are no words for it."""
        return str(self._written[group].get(name, ""))

    def day(self, weekday: int) -> str:
        """A day's short name, Monday being 0."""
        return str(self._written["days"][weekday])

    def month(self, number: int) -> str:
        """A month's short name, January being 1."""
        return str(self._written["months"][number - 1])

    def languages(self, codes: Sequence[str]) -> str:
        """The names of languages that have one here."""
        names: Mapping[str, str] = self._written["languages"]
        return ", ".join(names[code] for code in codes if code in names)


@cache
def load_phrases(name: str, language: str) -> Phrases:
    """The phrases of one file in ``language``, or in English for a language without phrases."""
    written = _load_file(name)
    return Phrases(written.get(language) or written[DEFAULT])


@cache
def _load_file(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_written(FOLDER / f"{name}.yml")
    return found
