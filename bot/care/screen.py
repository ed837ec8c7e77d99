"""The first look at every message, before the engine and without it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.care.errors import UnusableExitWord
from bot.care.kinds import PRIORITY, Kind
from bot.care.phrasebook import Phrasebook, find_vocabulary
from bot.care.reading import parse_command
from bot.care.rulebook import ANY_LANGUAGE, Rulebook, find_rulebook

__all__ = ["Finding", "Kind", "Screen"]


@dataclass(frozen=True)
class Finding:
    """What a message says, and the language it says it in.

    ``language`` is ``None`` for words of no language, such as ``STOP`` or ``0``:
    answer those in the language of the conversation.
    """

    kind: Kind
    language: str | None


class Screen:
    """Reads messages by fixed rules: the same message always gets the same finding.

    ``languages`` are the site's, such as ``("en", "es")``; all are tried on every
    message, because people mix them. ``exit_words`` are the site's own. Raises
    ``NoPatterns``, ``BadPattern`` or ``UnusableExitWord``; build it once, at the start.
    """

    def __init__(self, languages: Sequence[str], exit_words: Sequence[str] = ()) -> None:
        books = {language: find_rulebook(language) for language in languages}
        self._commands = _find_commands(None, find_rulebook(ANY_LANGUAGE))
        for language, book in books.items():
            self._commands = {**_find_commands(language, book), **self._commands}
        for word in exit_words:
            self._commands[self._parse_exit_word(word)] = Finding(Kind.EXIT, None)
        self._phrasebooks = _open_phrasebooks(tuple(books))

    def look(self, untrusted_text: str) -> Finding | None:
        """The most urgent thing that the message says, or ``None``. Never raises.

        A message that is a command and nothing else is obeyed as it stands.
        """
        command = self._commands.get(parse_command(untrusted_text))
        return command or self._find_said(untrusted_text)

    def _find_said(self, untrusted_text: str) -> Finding | None:
        said = [
            Finding(kind, language)
            for language, phrasebook in self._phrasebooks.items()
            for kind in phrasebook.find_kinds(untrusted_text)
        ]
        return min(said, key=lambda finding: PRIORITY.index(finding.kind), default=None)

    def _parse_exit_word(self, word: str) -> str:
        command = parse_command(word)
        taken = self._commands.get(command)
        if not command or (taken and taken.kind is not Kind.EXIT):
            raise UnusableExitWord(repr(word))
        return command


@functools.cache
def _open_phrasebooks(languages: tuple[str, ...]) -> Mapping[str, Phrasebook]:
    """Prepared once per process, for that takes a while; they keep nothing of what they read."""
    books = {language: find_rulebook(language) for language in languages}
    known = frozenset[str]().union(*map(find_vocabulary, books.values()))
    return {name: Phrasebook(book, known) for name, book in books.items()}


def _find_commands(language: str | None, book: Rulebook) -> dict[str, Finding]:
    return {
        parse_command(word): Finding(kind, language)
        for kind, words in book.exactly.items()
        for word in words
    }
