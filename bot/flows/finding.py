"""Words looked for in all of the conversation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.flows.conversation import Topic

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Place:
    """Where words stand: ``kind`` is ``says``, ``rule`` or ``hears``."""

    topic: str
    kind: str
    name: str
    language: str
    text: str


class Index:
    """All places, folded once: a search is to take less than a tenth of a second."""

    def __init__(self, topics: Collection[Topic]) -> None:
        self._places = [(_fold(f"{one.name} {one.text}"), one) for one in _places(topics)]

    def find(self, words: str, most: int) -> list[Place]:
        """At most ``most`` places that have words which begin so, whatever accents and case."""
        wanted = [f" {word}" for word in _fold(words).split()]
        found = (place for text, place in self._places if all(word in text for word in wanted))
        return list(islice(found, most)) if wanted else []


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
