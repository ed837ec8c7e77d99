"""What a message answers to a question of a journey, by the question's kind."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk import Tracker

from actions.house import house
from actions.turn import heard_entity, heard_intent, heard_text, is_chosen
from bot.entities.reading import parse_reading
from bot.entities.times import find_times
from bot.journeys.content import NO, YES, Question
from bot.wire.choices import find_named

#: Characters of an answer in own words that are kept; the person is told when it was cut.
LONGEST_ANSWER = 300

_YES = {"affirm", "safe_to_talk", "keep"}
_NO = {"deny", "keep_not"}


def parse_answer(question: Question, tracker: Tracker) -> str | None:
    """The answer as it is kept, or ``None`` when the message does not answer this question."""
    if is_chosen(tracker):
        return _parse_chosen(question, heard_entity(tracker, "answer"))
    return _PARSERS[question.kind](question, tracker)


def _parse_chosen(question: Question, chosen: str | None) -> str | None:
    """An option of another question, chosen late, answers nothing."""
    allowed = {one.id for one in question.options}
    if question.kind == "yes_no":
        allowed = {YES, NO}
    return chosen if chosen in allowed else None


def _parse_words(_: Question, tracker: Tracker) -> str | None:
    words = " ".join(heard_text(tracker).split())
    return words[:LONGEST_ANSWER] or None


def _parse_yes_no(_: Question, tracker: Tracker) -> str | None:
    intent = heard_intent(tracker)
    if intent in _YES:
        return YES
    return NO if intent in _NO else None


def _parse_choice(question: Question, tracker: Tracker) -> str | None:
    """An option's title in a longer message counts when it is the only one."""
    titles = {one.id: one.title.values() for one in question.options}
    if named := find_named(heard_text(tracker), titles):
        return named
    return _parse_plain_choice(question, tracker)


def _parse_plain_choice(question: Question, tracker: Tracker) -> str | None:
    """A bare yes or no answers a choice that has these among others."""
    answer = _parse_yes_no(question, tracker)
    return answer if answer in {one.id for one in question.options} else None


def _parse_day(_: Question, tracker: Tracker) -> str | None:
    """The first day that is named, as an ISO date."""
    times = find_times(parse_reading(heard_text(tracker)), house().now())
    days = (one.value["day"] for one in times if isinstance(one.value, dict))
    return next((str(day) for day in days if day), None)


_PARSERS: dict[str, Callable[[Question, Tracker], str | None]] = {
    "words": _parse_words,
    "yes_no": _parse_yes_no,
    "choice": _parse_choice,
    "day": _parse_day,
}
