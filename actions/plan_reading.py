"""Reading a safety plan back in pieces, changing a line of it, letting it go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.journeys import drop, find_left, journeys
from actions.phrases import journey_phrases
from actions.turn import language
from bot.journeys.content import Journey, Question
from bot.journeys.progress import Progress, find_answered
from bot.journeys.reading import read_back
from bot.wire.fitting import pack, shorten

PLAN = "safety_plan"
#: Lines offered at once to be changed, and letters of each.
MOST_LINES, LONGEST_LINE = 8, 28


def read_plan(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
    """Each part in a text of its own, or in several when it is long."""
    plan = find_left(tracker, PLAN)
    if plan is None or not plan.answers:
        dispatcher.utter_message(response="utter_plan_empty")
        return []
    for text in render_plan(journeys()[PLAN], plan, language(tracker)):
        dispatcher.utter_message(text=text)
    dispatcher.utter_message(response="utter_plan_options")
    return []


def change_plan(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
    """The lines of the plan to choose from, a few at a time."""
    plan, spoken = find_left(tracker, PLAN), language(tracker)
    if plan is None or not plan.answers:
        dispatcher.utter_message(response="utter_plan_empty")
        return []
    first = int(next(tracker.get_latest_entity_values("id"), 0))
    lines = list(find_answered(journeys()[PLAN], plan))
    buttons = [_line_option(one, answer) for one, answer in lines[first : first + MOST_LINES]]
    if lines[first + MOST_LINES :]:
        say = journey_phrases(spoken)
        further = str(first + MOST_LINES)
        buttons.append(option(say.option("more_lines"), "do", do="plan_change", id=further))
    dispatcher.utter_message(response="utter_plan_change", buttons=buttons)
    return []


def drop_plan(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
    """The plan is gone from the conversation at once; what lies under a passphrase is not."""
    dispatcher.utter_message(response="utter_plan_dropped")
    return drop(tracker, PLAN)


def render_plan(journey: Journey, plan: Progress, spoken: str) -> Iterator[str]:
    """The plan's texts in order, each within two segments unless one answer alone is longer."""
    for part in read_back(journey, plan, spoken):
        yield from pack(part.lines, f"{part.title}:")


def _line_option(question: Question, answer: str) -> dict[str, str]:
    """The beginning of the person's own words tells them which line it is."""
    return option(shorten(answer, LONGEST_LINE), "change", journey=PLAN, question=question.id)
