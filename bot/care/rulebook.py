"""The pattern files of one language, as people review them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.care.errors import BadPattern, NoPatterns
from bot.care.kinds import Kind

#: A file for each language that a site may speak.
FOLDER = Path(__file__).parent / "patterns"

# Words that belong to no language: the carriers', and the exit words themselves.
ANY_LANGUAGE = "any"


@dataclass(frozen=True)
class Rule:
    """Phrases that mean ``kind``, unless a phrase of ``unless`` touches the same words.

    Nothing is found at all when a phrase of ``never_with`` is anywhere in the message.
    """

    kind: Kind
    why: str
    say: tuple[str, ...]
    unless: tuple[str, ...]
    never_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """One file in ``patterns/``. The notation of phrases is in ``phrases.py``."""

    spelling: Mapping[str, str]
    real_words: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    exactly: Mapping[Kind, tuple[str, ...]]
    rules: tuple[Rule, ...]


@functools.cache
def find_rulebook(language: str) -> Rulebook:
    """The rulebook of a language code such as ``en``. Raises ``NoPatterns``, ``BadPattern``.

    It is part of the code, so it is read once per process.
    """
    path = FOLDER / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        raise NoPatterns(language)
    return parse_rulebook(path.read_text(encoding="utf-8"))


def parse_rulebook(text: str) -> Rulebook:
    """A rulebook from TOML. Raises ``BadPattern`` with what is wrong."""
    try:
        content = tomllib.loads(text)
        return Rulebook(
            spelling=content.get("spelling", {}),
            real_words=frozenset(content.get("real_words", ())),
            groups={name: tuple(words) for name, words in content.get("words", {}).items()},
            exactly={Kind(kind): tuple(say) for kind, say in content.get("exactly", {}).items()},
            rules=tuple(_parse_rule(rule) for rule in content.get("rule", ())),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadPattern(str(error)) from error


def _parse_rule(rule: Mapping[str, list[str] | str]) -> Rule:
    return Rule(
        kind=Kind(rule["kind"]),
        why=str(rule["why"]),
        say=tuple(rule["say"]),
        unless=tuple(rule.get("unless", ())),
        never_with=tuple(rule.get("never_with", ())),
    )
