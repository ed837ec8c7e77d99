"""The twelve needs, and how the words of other directories are read as one of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

NEEDS = (
    "housing",
    "health",
    "counselling",
    "legal",
    "food",
    "transport",
    "money",
    "children",
    "papers",
    "substance",
    "peer",
    "talk",
)

#: Our own taxonomy: an attribute with the term ``need-food`` says it outright.
TERM = "need-"


def parse_needs(terms: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """The needs that a service's taxonomy ``terms`` say, or else its ``words`` suggest."""
    said = {term.removeprefix(TERM) for term in terms if term.startswith(TERM)}
    found = said & set(NEEDS) or _suggested(" ; ".join(words))
    return tuple(need for need in NEEDS if need in found)


def _suggested(words: str) -> set[str]:
    return {need for need, pattern in _patterns().items() if pattern.search(words)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(Path(__file__).with_name("needs.toml").read_text(encoding="utf-8"))
    return {
        need: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
        for need, words in table.items()
    }
