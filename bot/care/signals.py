"""What a persona of practice mode hears in a navigator's words. Pure, and for practice only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.care.reading import fold

SILENCE, OTHER = "silence", "other"
#: Whoever writes only after this has left the other one alone.
SILENT_AFTER = timedelta(minutes=3)
#: Characters; what stands behind them is not heard.
LONGEST = 2000

_FILE = Path(__file__).with_name("signals.toml")
_TOKEN = re.compile(r"\w+|[?.!,;:\n]")
_STOPS = re.compile(r"[?.!,;:\n]")
_GAP = r"(?:\w+ ){0,8}"
#: "You do not have to tell me your name" asks for none.
_TURNED_BY_NOT = frozenset({"pressure", "blame", "promise", "pries"})
_NOT = frozenset(
    {
        "no", "not", "never", "dont", "wont", "cant", "cannot", "without", "nobody",
        "nunca", "sin", "tampoco", "nadie",
    }
)  # fmt: skip


def find_signals(untrusted_text: str, waited: timedelta, language: str) -> frozenset[str]:
    """The names of ``signals.toml`` that the words carry, :data:`OTHER` when they carry none.

    ``waited`` is how long the persona had waited for them.
    """
    words = _render_words(untrusted_text)
    phrases = _compile_all(language)
    found = {name for name, phrase in phrases.items() if _is_heard(name, phrase, words)}
    if waited > SILENT_AFTER:
        found.add(SILENCE)
    return frozenset(found or {OTHER})


def find_names() -> frozenset[str]:
    """Every signal there is."""
    return frozenset(_read()) | {SILENCE, OTHER}


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _compile_all(language: str) -> Mapping[str, re.Pattern[str]]:
    return {name: _compile(texts.get(language, ())) for name, texts in _read().items()}


def _compile(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all, between spaces, so that "is it" is not found in "visit"."""
    patterns = (
        "".join(_GAP if word == ".." else f"{re.escape(word)} " for word in fold(phrase).split())
        for phrase in phrases
    )
    return re.compile("(?<= )(?:{})".format("|".join(patterns) or "(?!)"))


def _is_heard(name: str, phrase: re.Pattern[str], words: str) -> bool:
    if name not in _TURNED_BY_NOT:
        return phrase.search(words) is not None
    before = (words[: found.start()] for found in phrase.finditer(words))
    return any(_NOT.isdisjoint(_STOPS.split(text)[-1].split()) for text in before)


def _render_words(untrusted_text: str) -> str:
    """The words with a space around each, and the signs between parts of a sentence."""
    return " {} ".format(" ".join(_TOKEN.findall(fold(untrusted_text[:LONGEST]))))
