"""Texts that arrive in pieces, or that a person in distress cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.care.grade import WANTED
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.grading import find_grade
from bot.flows.gate.sending import MOST_SEGMENTS, count_sent, fill, fill_facts
from bot.flows.gate.texts import Text, find_spoken


def too_long(content: Content) -> Iterator[Finding]:
    """What takes more segments than a text message may. Other channels have none."""
    for text in find_spoken(content):
        if text.channel is None:
            count = count_sent(text.reply, text.language, content.site.facts)
            if count > MOST_SEGMENTS:
                reason = (
                    f"As a text message it takes {count} segments, and {MOST_SEGMENTS} are the "
                    "most. Say less, or shorten an option."
                )
                yield text.finding("too_long", reason)


def hard_to_read(content: Content) -> Iterator[Finding]:
    """What asks for more years of school than it should, in a language with a measure."""
    for text in find_spoken(content):
        grade = find_grade(_find_prose(text, content), text.language)
        if grade is not None and grade > WANTED:
            reason = (
                f"It asks for about {grade} years of school, and {WANTED} are the most. "
                "Use shorter words and shorter sentences."
            )
            yield text.finding("hard_to_read", reason)


def _find_prose(text: Text, content: Content) -> str:
    """As it is sent, without wording that was validated as it stands."""
    said = fill(text.reply.text, fill_facts(text.language, content.site.facts))
    for wording in content.validated.get(text.language, ()):
        said = said.replace(wording, "")
    return said
