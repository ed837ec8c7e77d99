"""The small words around what the directory knows, in the languages of the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from bot.settings import ROOT

PATH = ROOT / "data" / "phrases" / "services.yml"
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
def phrases(language: str) -> Phrases:
    """The phrases of ``language``, or English ones for a language without any."""
    written = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return Phrases(written.get(language) or written[DEFAULT])
