"""The words that a site adds to the safety rules: ``exit_words`` and the table ``[danger]``.

They only add. What the rules find by themselves no site can change or take away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.care.errors import NoPatterns, UnusableExitWord
from bot.care.kinds import DANGER_NAMES, Kind
from bot.care.own_words import parse_phrase
from bot.care.screen import find_commands
from bot.errors import SiteError

#: Characters of one, and how many there may be of each kind.
LONGEST, MOST = 60, 200


def parse_exit_words(path: Path, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Words that end everything. Raises :class:`SiteError` with what is wrong."""
    words = _parse_words(path, "exit_words", content.get("exit_words", []))
    for word in words:
        try:
            find_commands(content["languages"], [word])
        except UnusableExitWord as error:
            raise SiteError(path, f"cannot have {word!r} in exit_words; it means more") from error
        except NoPatterns:
            return words  # a language without safety rules is said where they are needed
    return words


def parse_danger_words(path: Path, content: Mapping[str, Any]) -> dict[Kind, tuple[str, ...]]:
    """Words that count as danger, by its kind. Raises :class:`SiteError` with what is wrong."""
    untrusted = content.get("danger", {})
    kinds = {name: kind for kind, name in DANGER_NAMES.items()}
    if not isinstance(untrusted, Mapping) or not untrusted.keys() <= kinds.keys():
        raise SiteError(path, f"may hold in [danger] only {', '.join(kinds)}")
    found = {name: _parse_words(path, f"[danger] {name}", one) for name, one in untrusted.items()}
    for name, words in found.items():
        for word in words:
            if not parse_phrase(word):
                raise SiteError(path, f"needs in [danger] {name} words with letters, not {word!r}")
    return {kinds[name]: words for name, words in found.items() if words}


def _parse_words(path: Path, where: str, untrusted: Any) -> tuple[str, ...]:
    if not isinstance(untrusted, Sequence) or isinstance(untrusted, str) or len(untrusted) > MOST:
        raise SiteError(path, f"needs {where} as a list of at most {MOST} words")
    if not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in untrusted):
        raise SiteError(path, f"needs in {where} words of 1 to {LONGEST} characters")
    return tuple(untrusted)
