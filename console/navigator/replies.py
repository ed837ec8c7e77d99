"""Ready replies and the phrase book, in the language of whoever is written to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.care.canned import (
    Hint,
    Phrase,
    Piece,
    Ready,
    fill,
    find_hints,
    find_pairs,
    parse_phrases,
    parse_replies,
    render_pieces,
)
from bot.care.errors import BadReplies
from bot.directory.phrases import load_phrases
from bot.directory.search import Match
from bot.directory.service_lines import render_hours
from bot.errors import SiteError
from bot.site import Site
from console.members import Member

Entries = TypeVar("Entries")


@dataclass(frozen=True)
class Offered:
    """A ready reply as the page offers it; ``pieces`` show what is still open."""

    id: str
    title: str
    text: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Shelf:
    """What a site's navigators have at hand."""

    ready: Sequence[Ready] = ()
    book: Sequence[Phrase] = ()
    default_language: str = "en"

    def offer(self, language: str, known: Mapping[str, str]) -> list[Offered]:
        """Every reply that is written in ``language``, with what is known filled in."""
        texts = (
            (one, fill(one.texts[language], known)) for one in self.ready if language in one.texts
        )
        return [Offered(one.id, one.title, text, render_pieces(text)) for one, text in texts]

    def hints(self, untrusted_words: str, language: str, member: Member) -> list[Hint]:
        """What phrases of the message mean, for who does not speak its language."""
        if language in member.languages:
            return []
        return find_hints(self.book, untrusted_words, language, self._own(member))

    def pairs(self, language: str, member: Member) -> list[tuple[str, str]]:
        """Phrases to write to a person: what the navigator reads, and what the person will."""
        if language in member.languages:
            return []
        return find_pairs(self.book, self._own(member), language)

    def _own(self, member: Member) -> str:
        """The language in which the navigator reads the book."""
        known = {language for phrase in self.book for language in phrase.ways}
        return next((one for one in member.languages if one in known), self.default_language)


def load_shelf(site: Site) -> Shelf:
    """The site's files; one that is missing holds nothing. Raises :class:`SiteError`."""
    return Shelf(
        ready=_load(site, "replies.yml", parse_replies),
        book=_load(site, "phrases.yml", parse_phrases),
        default_language=site.default_language,
    )


def find_known(member: Member, match: Match | None, language: str, now: datetime) -> dict[str, str]:
    """What fills the blanks. ``match`` is the service that was looked up; ``now`` is local."""
    if match is None:
        return {"name": member.name}
    return {
        "name": member.name,
        "service": match.name,
        "phone": match.phone or "",
        "hours": render_hours(match.hours, load_phrases("services", language), now),
    }


def _load(
    site: Site, name: str, parse: Callable[[str, Sequence[str]], Sequence[Entries]]
) -> Sequence[Entries]:
    file = site.path / name
    if not file.exists():
        return ()
    try:
        return parse(file.read_text(encoding="utf-8"), site.languages)
    except (BadReplies, UnicodeDecodeError) as error:
        raise SiteError(file, f"can not be used: {error}") from error
