"""A check-in and "did it help?", once answered. No score is ever told."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import drop
from actions.turn import ask_house
from bot.care.screening import is_worrying, score_screening
from bot.journeys.content import YES
from bot.journeys.progress import Progress

#: The question whether what is not understood from now on may be read by the team.
LEARN = "learn"


def end_check_in(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """A person is offered when it is much to carry; the answers are then let go."""
    if is_worrying(progress.answers):
        dispatcher.utter_message(response="utter_check_in_worrying")
    elif score_screening(progress.answers, woman=None).is_high:
        dispatcher.utter_message(response="utter_check_in_high")
    else:
        dispatcher.utter_message(response="utter_check_in_done")
    return drop(tracker, progress.journey)


def end_helped(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """The answers count without a name, and only if the person says so."""
    answers = progress.answers
    if booking := answers.get("booking"):
        ask_house(dispatcher, "close_visit", booking=booking)
    if LEARN in answers:
        ask_house(dispatcher, "consent", kind=LEARN, granted=answers[LEARN] == YES)
    if answers.get("agree") == YES:
        ask_house(dispatcher, "consent", kind="evaluation", granted=True)
        ask_house(dispatcher, "save_outcome", answers=dict(answers))
        dispatcher.utter_message(response="utter_helped_thanks")
    else:
        dispatcher.utter_message(response="utter_helped_not_counted")
    return [SlotSet("ask_about", None), *drop(tracker, progress.journey)]
