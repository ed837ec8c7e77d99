"""Questions that nobody can leave out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.journeys.content import Question

#: Kinds without which the journey cannot go on, and why.
_NEEDED = {
    "secret": "without the phrase nothing can be kept or opened",
    "code_word": "without the word nobody could open the chat again",
    "note": "nothing goes to the team before the person has seen it and chosen",
}
#: A consent is a yes or a no. Left out it would be neither, and a no costs nothing.
_CONSENT = ("agree", "yes_no")


def no_skip(content: Content) -> Iterator[Finding]:
    """A question that has to be answered, though the journey could go on without it."""
    reason = "Nobody has to answer this to go on. Take 'skip: false' away."
    for journey in content.journeys.values():
        for question in journey.questions:
            if not question.skip and not _may_insist(question):
                topic = f"journeys/{journey.name}"
                yield Finding("no_skip", topic, question.id, "", reason)


def _may_insist(question: Question) -> bool:
    return question.kind in _NEEDED or (question.id, question.kind) == _CONSENT
