"""What can be done with a plan, a booking or a consent, by the name that options use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.plan_reading import change_plan, drop_plan, read_plan
from actions.turn import ask_house, heard_entity

Doing = Callable[[CollectingDispatcher, Tracker], list[Any]]


def _ask(command: str, **fields: Any) -> Doing:
    """Ask the house for something about the one thing that was chosen."""

    def do(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
        ask_house(dispatcher, command, id=heard_entity(tracker, "id"), **fields)
        return []

    return do


def _say(response: str) -> Doing:
    def do(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
        dispatcher.utter_message(response=response)
        return []

    return do


DO: dict[str, Doing] = {
    "plan_read": read_plan,
    "plan_change": change_plan,
    "plan_drop": drop_plan,
    "plan_page": _ask("make_plan_page"),
    "cancel": _ask("cancel_visit"),
    "calendar": _ask("make_calendar_file"),
    "take_back": _ask("take_back"),
    "step_done": _ask("finish_step"),
    "nothing": _say("utter_all_right"),
}
