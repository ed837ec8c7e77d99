"""Words that must not stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.care.reading import fold
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
    """An address that is to stay confidential. The reason does not repeat it."""
    guards = [_compile_guard(words) for words in content.guarded if any(map(str.isalnum, words))]
    reason = "It holds an address that is to stay confidential. Take it out."
    for topic, name, language, words in _find_words(content):
        if any(guard.search(fold(words)) for guard in guards):
            yield Finding("confidential_address", topic, name, language, reason)


def _find_words(content: Content) -> Iterator[tuple[str, str, str, str]]:
    """Everything that is written, what people say and what the site fills in as well."""
    for text in find_texts(content):
        yield text.topic, text.name, text.language, " / ".join(text.parts)
    for topic in content.topics.values():
        for intent in topic.intents:
            for language, examples in intent.examples.items():
                for example in examples:
                    yield topic.name, intent.name, language, example
    for name, fact in content.site.facts.items():
        yield "site", name, "", fact


def _compile_guard(words: str) -> re.Pattern[str]:
    """The letters and digits in their order, whatever stands between them."""
    letters = (re.escape(letter) for letter in fold(words) if letter.isalnum())
    return re.compile(r"(?<![^\W_]){}(?![^\W_])".format(r"[\W_]*".join(letters)))


def _split(text: str) -> str:
    """Whole words between single spaces, so that "is it" is not found in "visit"."""
    return " {} ".format(" ".join(_TOKEN.findall(fold(text))))
