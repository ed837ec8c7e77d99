"""The first look at every message, before the engine and without it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.care.errors import UnusableExitWord
from bot.care.kinds import PRIORITY, Kind
from bot.care.own_words import OwnWords, build_phrasebook
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
    message, because people mix them. ``exit_words`` and ``danger_words`` are what the site
    adds. Raises ``NoPatterns``, ``BadPattern`` or ``UnusableExitWord``; build it once, at the
    start.
    """

    def __init__(
        self,
        languages: Sequence[str],
        exit_words: Sequence[str] = (),
        danger_words: OwnWords = MappingProxyType({}),
    ) -> None:
        self._commands = find_commands(languages, exit_words)
        self._phrasebooks = _open_phrasebooks(tuple(languages))
        self._own = build_phrasebook(danger_words, _find_known(tuple(languages)))

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
        if self._own:
            said += [Finding(kind, None) for kind in self._own.find_kinds(untrusted_text)]
        return min(said, key=lambda finding: PRIORITY.index(finding.kind), default=None)


def find_commands(languages: Sequence[str], exit_words: Sequence[str]) -> Mapping[str, Finding]:
    """What is obeyed where it is the whole message. Raises as :class:`Screen`."""
    commands = _find_exact(None, find_rulebook(ANY_LANGUAGE))
    for language in languages:
        commands = {**_find_exact(language, find_rulebook(language)), **commands}
    for word in exit_words:
        command = parse_command(word)
        taken = commands.get(command)
        if not command or (taken and taken.kind is not Kind.EXIT):
            raise UnusableExitWord(repr(word))
        commands[command] = Finding(Kind.EXIT, None)
    return commands


@functools.cache
def _open_phrasebooks(languages: tuple[str, ...]) -> Mapping[str, Phrasebook]:
    """Prepared once per process, for that takes a while; they keep nothing of what they read."""
    known = _find_known(languages)
    return {language: Phrasebook(find_rulebook(language), known) for language in languages}


@functools.cache
def _find_known(languages: tuple[str, ...]) -> frozenset[str]:
    """Words that are no typing mistake in any of the languages."""
    return frozenset[str]().union(*(find_vocabulary(find_rulebook(name)) for name in languages))


def _find_exact(language: str | None, book: Rulebook) -> dict[str, Finding]:
    return {
        parse_command(word): Finding(kind, language)
        for kind, words in book.exactly.items()
        for word in words
    }
