"""``validate_help_form``: what is needed, and where."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from actions.misses import miss, understood
from actions.needs import parse_need
from actions.turn import heard_entity, heard_intent, heard_text
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
        """Slots of the answer."""
        asked = tracker.get_slot("requested_slot")
        if asked == "need":
            return _take_need(dispatcher, tracker)
        if asked == "place":
            return _take_place(dispatcher, tracker)
        return []


def _take_need(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[SlotSet]:
    need = parse_need(heard_intent(tracker))
    if need is None:
        return [SlotSet("need", None), miss(dispatcher, tracker)]
    return [SlotSet("need", need), SlotSet("offset", 0), understood()]


def _take_place(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[SlotSet]:
    intent = heard_intent(tracker)
    found = house().find_places(heard_entity(tracker, "place") or heard_text(tracker))
    if len(found) == 1:
        return [SlotSet("place", _kept(found[0])), SlotSet("place_question", None), understood()]
    if found:
        return _ask_again({"kind": "which", "choices": [place.title for place in found]})
    if intent == "skip":
        return [SlotSet("place", SKIPPED), SlotSet("place_question", None), understood()]
    if intent == "near_me":
        return _ask_again({"kind": "near"})
    if need := parse_need(intent):
        return [SlotSet("need", need), SlotSet("offset", 0), understood()]
    return [
        SlotSet("place_question", {"kind": "unknown"}),
        miss(dispatcher, tracker, ask=False),
    ]


def _ask_again(question: dict[str, Any]) -> list[SlotSet]:
    return [SlotSet("place", None), SlotSet("place_question", question), understood()]


def _kept(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "state": place.state,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
