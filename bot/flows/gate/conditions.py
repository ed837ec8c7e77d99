"""Conditions of a journey's questions that can never hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.journeys.content import NO, YES, Journey, Question

#: Whose answers are the person's own words, so that no condition can name them.
_IN_OWN_WORDS = frozenset({"words", "day"})


def find_unreachable_questions(journey: Journey) -> Iterator[tuple[Question, str]]:
    """Questions with what keeps them from ever being asked."""
    for question in journey.questions:
        for name, answers in (question.when or {}).items():
            if reason := _find_obstacle(journey, question, name, answers):
                yield question, reason


def _find_obstacle(
    journey: Journey, question: Question, name: str, answers: Collection[str]
) -> str:
    asked = journey.question(name)
    if asked is None:
        return f"It waits for the question '{name}', which does not exist. Name another."
    if name in _find_needed(journey, name) and question.id in _find_needed(journey, name):
        return f"It and '{name}' wait for each other. Take one of the conditions away."
    if journey.questions.index(asked) >= journey.questions.index(question):
        return f"It waits for '{name}', which does not come before it. Move one of the two."
    offered = _find_answers(asked)
    lost = [str(one) for one in answers if offered is not None and one not in offered]
    if lost:
        return f"It waits for the answer '{lost[0]}', which '{name}' does not offer. Name another."
    if not answers or asked.kind in _IN_OWN_WORDS:
        return f"It waits for '{name}' without an answer that can be given. Name an option's id."
    return ""


def _find_answers(question: Question) -> Collection[str] | None:
    """The answers that can be given; ``None`` where code decides."""
    if question.kind == "yes_no":
        return (YES, NO)
    return [one.id for one in question.options] if question.options else None


def _find_needed(journey: Journey, name: str) -> set[str]:
    """Every question that has to be answered before this one, and before those."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        question = journey.question(waiting.pop())
        new = set(question.when or ()) - found if question else set()
        found |= new
        waiting += new
    return found
