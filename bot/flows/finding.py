"""Words looked for in all of the conversation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.flows.conversation import Topic
from bot.journeys.content import Journey

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Place:
    """Where words stand: ``kind`` is ``says``, ``asks``, ``rule`` or ``hears``.

    Of a journey's question ``topic`` is the journey, and ``name`` its part and the question.
    """

    topic: str
    kind: str
    name: str
    language: str
    text: str


class Index:
    """All places, folded once: a search is to take less than a tenth of a second."""

    def __init__(self, topics: Collection[Topic], journeys: Collection[Journey] = ()) -> None:
        places = (*_find_asked(journeys), *_places(topics))
        self._places = [(_fold(f"{one.name} {one.text}"), one) for one in places]

    def find(self, words: str, most: int) -> list[Place]:
        """At most ``most`` places that have words which begin so, whatever accents and case."""
        wanted = _find_wanted(words)
        found = (place for text, place in self._places if all(word in text for word in wanted))
        return list(islice(found, most)) if wanted else []


def holds(text: str, words: str) -> bool:
    """Whether a text has words that begin so, as :meth:`Index.find` looks for them."""
    folded, wanted = _fold(text), _find_wanted(words)
    return bool(wanted) and all(word in folded for word in wanted)


def _find_wanted(words: str) -> list[str]:
    return [f" {word}" for word in _fold(words).split()]


def _find_asked(journeys: Collection[Journey]) -> Iterator[Place]:
    for journey in journeys:
        for question in journey.questions:
            name = f"{question.section}-{question.id}"
            for language, ask in question.ask.items():
                titles = (option.title.get(language, "") for option in question.options)
                yield Place(journey.name, "asks", name, language, " / ".join((ask, *titles)))


def _places(topics: Collection[Topic]) -> Iterator[Place]:
    """What the bot says first: people mostly look for a sentence of it."""
    for topic in topics:
        for saying in topic.sayings:
            text = " / ".join((saying.reply.text, *(one.title for one in saying.reply.options)))
            yield Place(topic.name, "says", saying.name, saying.language, text)
    for topic in topics:
        for rule in topic.rules:
            yield Place(topic.name, "rule", rule.name, "", "")
        for intent in topic.intents:
            for language, examples in intent.examples.items():
                for text in examples:
                    yield Place(topic.name, "hears", intent.name, language, text)


def _fold(text: str) -> str:
    """Words between single spaces, with one in front."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(["", *_NO_WORD.sub(" ", bare).split()])
