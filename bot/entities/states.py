"""The states of the United States, by name or code, as they follow a town."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: "Carolina del norte".
MOST_WORDS = 3
#: Codes that are words too; these count only as the last word of a message.
_WORDS = frozenset(
    ("al", "co", "de", "hi", "id", "in", "la", "ma", "me", "mi", "oh", "ok", "or", "pa")
)


def find_state(words: list[str]) -> tuple[str, int] | None:
    """The code of the state that a list of words begins with, and how many words it has."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        if code := _names().get(" ".join(words[:length])):
            return code, length
    code = words[0].upper() if words else ""
    if code in all_states() and (len(words) == 1 or words[0] not in _WORDS):
        return code, 1
    return None


@cache
def all_states() -> tuple[str, ...]:
    """Every code."""
    return tuple(_content())


@cache
def _content() -> Mapping[str, list[str]]:
    text = Path(__file__).with_name("states.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _names() -> Mapping[str, str]:
    return {name: code for code, names in _content().items() for name in names}
