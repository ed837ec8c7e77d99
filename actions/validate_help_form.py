"""``validate_help_form``: what is needed, and where."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from actions.misses import miss, understood
from actions.named import named_need, named_places
from actions.needs import parse_need
from actions.placing import ask_place_again, take_place
from actions.turn import heard_entity, heard_intent, heard_text, is_chosen, is_question, is_sure
from bot.directory.places import Place

SKIPPED: dict[str, Any] = {"skipped": True}


class ValidateHelpForm(Action):
    """Takes the answer to the question that was asked; a new need may come at any time."""

    def name(self) -> str:
        """The name in the domain."""
        return "validate_help_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """Slots of the answer; none at all hands a question over to the rules."""
        asked, intent = tracker.get_slot("requested_slot"), heard_intent(tracker)
        if asked == "place" and (found := _find_places(tracker)):
            return take_place(found)
        if asked is None or is_question(intent, domain):
            return []
        if need := parse_need(intent) or named_need(tracker):
            placed = take_place(found) if (found := named_places(tracker)) else []
            return [SlotSet("need", need), SlotSet("offset", 0), understood(), *placed]
        if intent == "another_need":
            return [SlotSet("need", None), understood()]
        if asked == "place":
            return _take_no_place(dispatcher, tracker, intent)
        return [SlotSet("need", None), miss(dispatcher, tracker)]


def _find_places(tracker: Tracker) -> list[Place]:
    """Towns are named after everything, so a message that is surely something else is not one."""
    if chosen := heard_entity(tracker, "place"):
        return house().find_places(chosen)
    if is_chosen(tracker):
        return []
    if found := house().places.find_zip(heard_text(tracker)):
        return [found]
    if is_sure(tracker) and heard_intent(tracker) != "give_place":
        return []
    return house().find_places(heard_text(tracker))


def _take_no_place(
    dispatcher: CollectingDispatcher, tracker: Tracker, intent: str
) -> list[SlotSet]:
    if intent == "skip":
        return [SlotSet("place", SKIPPED), SlotSet("place_question", None), understood()]
    if intent == "near_me":
        return ask_place_again({"kind": "near"})
    return [
        SlotSet("place_question", {"kind": "unknown"}),
        miss(dispatcher, tracker, ask=False),
    ]
