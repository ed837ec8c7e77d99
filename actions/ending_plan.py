"""The safety plan and a step of the care plan, once their questions are answered."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import drop, leave
from actions.turn import ask_house
from bot.journeys.progress import Progress


def end_plan(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """The plan stays in this conversation; keeping it is offered, and so is dropping it."""
    dispatcher.utter_message(
        response="utter_plan_options" if progress.answers else "utter_plan_empty"
    )
    return leave(tracker, progress)


def end_step(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """One more step for the care plan, which the navigators can see."""
    if progress.answers.get("what") and progress.answers.get("agree") == "yes":
        ask_house(dispatcher, "consent", kind="share", granted=True)
        ask_house(dispatcher, "save_step", step=dict(progress.answers))
        dispatcher.utter_message(response="utter_step_saved")
    else:
        dispatcher.utter_message(response="utter_step_not_saved")
    return drop(tracker, progress.journey)
