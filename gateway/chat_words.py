"""The sentences of the web pages: one file a language, filled with the site's facts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.site import Site

FOLDER = Path(__file__).parent / "pages"

Words = Mapping[str, str]


class Wordbook:
    """The pages' words in every language that the site speaks and a file is there for."""

    def __init__(self, site: Site) -> None:
        paths = {language: FOLDER / f"words.{language}.toml" for language in site.languages}
        self.words: Mapping[str, Words] = {
            language: tomllib.loads(path.read_text(encoding="utf-8"))
            for language, path in paths.items()
            if path.is_file()
        }
        self._default = next(iter(self.words))

    def choose(self, untrusted_choice: str | None, untrusted_accepted: str) -> str:
        """What the person picked, or else the first language their browser asks for."""
        if untrusted_choice in self.words:
            return str(untrusted_choice)
        return next(
            (name for name in _parse_accepted(untrusted_accepted) if name in self.words),
            self._default,
        )

    def others(self, language: str) -> Sequence[tuple[str, str]]:
        """Code and own name of each language but ``language``."""
        return [(code, words["name"]) for code, words in self.words.items() if code != language]


def _parse_accepted(untrusted_header: str) -> list[str]:
    """The language codes of ``Accept-Language``, most wanted first, without their countries."""
    wanted = []
    for part in untrusted_header[:500].split(","):
        name, _, weight = part.partition(";")
        wanted.append((_parse_weight(weight), name.strip().split("-")[0].casefold()))
    return [name for _, name in sorted(wanted, key=lambda pair: -pair[0])]


def _parse_weight(untrusted_weight: str) -> float:
    try:
        return float(untrusted_weight.strip().removeprefix("q="))
    except ValueError:
        return 1.0
