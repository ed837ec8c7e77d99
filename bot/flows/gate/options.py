"""Options that people could not tell apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, permutations

from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.texts import find_spoken
from bot.wire.choices import plain


def same_titles(content: Content) -> Iterator[Finding]:
    """Titles that read alike; in a journey also one that stands within another.

    There an option also counts when its title is part of a longer message.
    """
    for text in find_spoken(content):
        titles = [one.title for one in text.reply.options]
        for one, other in combinations(titles, 2):
            if plain(one) == plain(other):
                yield text.finding("same_titles", _reason(one, other))
    yield from _find_within(content)


def _find_within(content: Content) -> Iterator[Finding]:
    for journey in content.journeys.values():
        for question in journey.questions:
            for language in content.site.languages:
                titles = [o.title[language] for o in question.options if language in o.title]
                for one, other in _find_pairs(titles):
                    name, reason = f"{question.id}.ask", _reason(one, other)
                    yield Finding("same_titles", f"journeys/{journey.name}", name, language, reason)


def _find_pairs(titles: Collection[str]) -> Iterator[tuple[str, str]]:
    for one, other in permutations(titles, 2):
        if plain(one) != plain(other) and f" {plain(one)} " in f" {plain(other)} ":
            yield one, other


def _reason(one: str, other: str) -> str:
    return (
        f"The options '{one}' and '{other}' are taken for each other. Name one of them otherwise."
    )
