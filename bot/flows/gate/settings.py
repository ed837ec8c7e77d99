"""The site's settings, held against what nobody may lose by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.care.kinds import DANGER_NAMES
from bot.care.own_words import parse_phrase
from bot.care.reading import parse_command
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding

#: Above this, danger that is as likely as not would be passed over.
MOST_DANGER_FROM = 0.5
#: Misses in a row after which nobody is to be left without the offer of a person.
MOST_MISSES = 3
#: Letters and digits. Shorter ones stand in too many messages by chance.
FEWEST_LETTERS = 3
#: Examples in which a word stands that is everyday talk.
OFTEN = 3

_NUMBER = re.compile(r"\+?[0-9][0-9 ().\-]*")
#: Digits of a short code, and of a number with its area.
_SHORT, _LONG = range(3, 7), range(8, 16)
#: A number that begins with 1 is one of North America, and has so many digits.
_NORTH_AMERICAN = 11
#: What people say of danger, of what was done to them, or to leave: words of it may count.
_NOT_HARMLESS = ("danger_", "tell_", "from_harmer", "not_safe_to_talk", "exit")


def bad_setting(content: Content) -> Iterator[Finding]:
    """Settings with which the house could not start, and needs that nobody can name."""
    if content.refused:
        reason = f"It {content.refused}. Change it, or take the change out."
        yield Finding("bad_setting", "site", "", "", reason)
    for need in content.site.offer.for_needs:
        if f"need_{need}" not in content.domain.intents:
            reason = (
                f"There is no need '{need}'. Take it out, or write it as the conversation does."
            )
            yield Finding("bad_setting", "site", "for_needs", "", reason)


def unlikely_line(content: Content) -> Iterator[Finding]:
    """A line that people are sent to, and whose number no phone can reach."""
    for name, number in content.site.facts.items():
        if is_line(name) and not _is_number(number.strip()):
            reason = (
                "This is no phone number or short code. Write it with digits, as people dial it."
            )
            yield Finding("unlikely_line", "site", name, "", reason)


def everyday_word(content: Content) -> Iterator[Finding]:
    """A word of the site's own that people write without meaning it."""
    examples = list(_find_harmless(content))
    said = {parse_command(example) for example in examples}
    for word in content.site.exit_words:
        if _is_short(word) or parse_command(word) in said:
            yield _tell_everyday("exit", word)
    own = content.site.danger_words
    phrases = [f" {parse_phrase(example)} " for example in examples if own]
    for kind, words in own.items():
        for word in words:
            if _is_short(word) or _is_often(parse_phrase(word), phrases):
                yield _tell_everyday(f"danger_{DANGER_NAMES[kind]}", word)


def weaker_safety(content: Content) -> Iterator[Finding]:
    """A setting that would pass over danger, or leave somebody without a person."""
    if content.site.thresholds.danger_from > MOST_DANGER_FROM:
        reason = (
            "Danger that is as likely as not would be passed over. "
            f"Ask about it from {MOST_DANGER_FROM} on, or from less."
        )
        yield Finding("weaker_safety", "site", "danger_from", "", reason)
    if content.site.offer.after_misunderstood > MOST_MISSES:
        reason = (
            "Nobody should be misunderstood so often before a person is offered. "
            f"Offer one after {MOST_MISSES} times, or sooner."
        )
        yield Finding("weaker_safety", "site", "after_misunderstood", "", reason)


def is_line(fact: str) -> bool:
    """Whether a fact of this name is a number that people call or text."""
    return fact == "emergency" or fact.endswith(("_line", "_text"))


def _is_number(written: str) -> bool:
    digits = [one for one in written if one.isdigit()]
    if not _NUMBER.fullmatch(written) or len(digits) not in (*_SHORT, *_LONG):
        return False
    return digits[0] != "1" or len(digits) in (*_SHORT, _NORTH_AMERICAN)


def _find_harmless(content: Content) -> Iterator[str]:
    for topic in content.topics.values():
        for intent in topic.intents:
            if not intent.name.startswith(_NOT_HARMLESS):
                for examples in intent.examples.values():
                    yield from examples


def _is_short(word: str) -> bool:
    return sum(map(str.isalnum, word)) < FEWEST_LETTERS


def _is_often(phrase: str, examples: Collection[str]) -> bool:
    return sum(f" {phrase} " in example for example in examples) >= OFTEN


def _tell_everyday(name: str, word: str) -> Finding:
    reason = f"People write '{word}' without meaning it. Take a rarer word, or more words together."
    return Finding("everyday_word", "site", name, "", reason)
