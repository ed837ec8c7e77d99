"""Ready replies and the phrase book of a site's navigators, read from its files. Pure.

Nothing here translates: a hint shows what a phrase of the book is in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.care.errors import BadReplies
from bot.care.reading import fold
from bot.written import parse_written

#: What a ready reply may leave open.
BLANKS = ("name", "service", "phone", "hours")

_BLANK = re.compile(rf"\{{({'|'.join(BLANKS)})\}}")
_BRACES = re.compile(r"\{(\w*)\}")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Ready:
    """One ready reply: its title for the navigator, and its text in each language."""

    id: str
    title: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Phrase:
    """One entry of the phrase book: ways to say the same, by language, the usual one first."""

    ways: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Hint:
    """A phrase that a person used, as they wrote it, and what the book has for it."""

    untrusted_words: str
    means: str


@dataclass(frozen=True)
class Piece:
    """Part of a text; a ``blank`` one still waits for what belongs there."""

    text: str
    blank: bool


def parse_replies(written: str, languages: Sequence[str]) -> tuple[Ready, ...]:
    """The ready replies of a file, in its order. Raises :class:`BadReplies` with what is wrong."""
    content = _load(written, dict)
    return tuple(_parse_ready(name, one, languages) for name, one in content.items())


def parse_phrases(written: str, languages: Sequence[str]) -> tuple[Phrase, ...]:
    """The phrase book of a file. Raises :class:`BadReplies` with what is wrong."""
    content = _load(written, list)
    return tuple(_parse_phrase(number, one, languages) for number, one in enumerate(content, 1))


def fill(text: str, known: Mapping[str, str]) -> str:
    """The text with what is known in its blanks; what is empty stays open."""
    return _BLANK.sub(lambda blank: known.get(blank[1]) or blank[0], text)


def find_blanks(text: str) -> list[str]:
    """The blanks that are still open, each once, in their order."""
    return list(dict.fromkeys(_BLANK.findall(text)))


def render_pieces(text: str) -> list[Piece]:
    """The text in pieces, so that open blanks can be shown as such."""
    parts = _BLANK.split(text)
    pieces = [
        Piece(f"{{{part}}}" if number % 2 else part, bool(number % 2))
        for number, part in enumerate(parts)
    ]
    return [piece for piece in pieces if piece.text]


def find_hints(
    book: Sequence[Phrase], untrusted_words: str, spoken: str, wanted: str
) -> list[Hint]:
    """What the book has for phrases in a message, in their order; longer phrases go first."""
    typed = [(match[0], fold(match[0])) for match in _WORDS.finditer(untrusted_words)]
    known = _index(book, spoken, wanted)
    return list(_find(typed, known, max(map(len, known), default=0)))


def find_pairs(book: Sequence[Phrase], first: str, second: str) -> list[tuple[str, str]]:
    """The usual way of each phrase in two languages."""
    both = (one.ways for one in book if first in one.ways and second in one.ways)
    return [(ways[first][0], ways[second][0]) for ways in both]


def _index(book: Sequence[Phrase], spoken: str, wanted: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(_WORDS.findall(fold(way))): phrase.ways[wanted][0]
        for phrase in book
        if wanted in phrase.ways
        for way in phrase.ways.get(spoken, ())
    }


def _find(
    typed: Sequence[tuple[str, str]], known: Mapping[tuple[str, ...], str], longest: int
) -> Iterator[Hint]:
    place = 0
    while place < len(typed):
        for length in range(min(longest, len(typed) - place), 0, -1):
            run = typed[place : place + length]
            if means := known.get(tuple(word for _, word in run)):
                yield Hint(" ".join(word for word, _ in run), means)
                place += length - 1
                break
        place += 1


def _load(written: str, kind: type) -> Any:
    try:
        content = parse_written(written)
    except yaml.YAMLError as error:
        raise BadReplies("it is not valid YAML") from error
    if not isinstance(content, kind):
        raise BadReplies("it is not a list of entries")
    return content


def _parse_ready(name: str, one: Any, languages: Sequence[str]) -> Ready:
    if not isinstance(one, dict) or not _is_text(one.get("title")):
        raise BadReplies(f"{name} has no title")
    texts: dict[str, Any] = {language: one.get(language) for language in languages}
    for language, text in texts.items():
        if not _is_text(text):
            raise BadReplies(f"{name} has no text for {language}")
        if unknown := set(_BRACES.findall(str(text))) - set(BLANKS):
            raise BadReplies(f"{name} leaves open {', '.join(sorted(unknown))}, which nobody fills")
    return Ready(str(name), one["title"], {key: " ".join(texts[key].split()) for key in texts})


def _parse_phrase(number: int, one: Any, languages: Sequence[str]) -> Phrase:
    entry = one if isinstance(one, dict) else {}
    ways: dict[str, Any] = {language: entry.get(language) for language in languages}
    for language, said in ways.items():
        if not isinstance(said, list) or not said or not all(map(_is_text, said)):
            raise BadReplies(f"entry {number} has no phrase for {language}")
    return Phrase({language: tuple(said) for language, said in ways.items()})


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
