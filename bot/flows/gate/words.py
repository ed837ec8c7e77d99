"""Words that must not stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.care.reading import fold
from bot.care.streets import tells_where
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.texts import find_texts

_TOKEN = re.compile(r"\w+|%")


def promises_too_much(content: Content) -> Iterator[Finding]:
    """What nobody can promise, by the list of each language."""
    promises = {
        language: {promise: _split(promise) for promise in said}
        for language, said in content.promises.items()
    }
    for text in find_texts(content):
        for words in map(_split, text.parts):
            for promise, promised in promises.get(text.language, {}).items():
                if promised in words:
                    reason = (
                        f"Nobody can promise '{promise}'. Say what is done and what is not known."
                    )
                    yield text.finding("promises_too_much", reason)


def confidential_address(content: Content) -> Iterator[Finding]:
    """Where a house stands: a street with a number, or a spot on a map. The reason does not
    repeat it.

    Which places stay confidential only the directory knows, so that no address belongs here.
    """
    reason = (
        "It tells where a house stands. Take it out: the directory shows the addresses of places, "
        "and keeps those of confidential ones."
    )
    for text in find_texts(content):
        if any(map(tells_where, text.parts)):
            yield text.finding("confidential_address", reason)
    for name, fact in content.site.facts.items():
        if tells_where(fact):
            yield Finding("confidential_address", "site", name, "", reason)


def _split(text: str) -> str:
    """Whole words between single spaces, so that "is it" is not found in "visit"."""
    return " {} ".format(" ".join(_TOKEN.findall(fold(text))))
