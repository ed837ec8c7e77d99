"""Counting what was not understood: ask again, offer options, then a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.either import is_either
from actions.turn import count

#: From this miss in a row on, a person is offered.
PERSON_AFTER = 3


def understood() -> SlotSet:
    """The count begins anew."""
    return SlotSet("misses", 0)


def miss(dispatcher: CollectingDispatcher, tracker: Tracker, *, ask: bool = True) -> SlotSet:
    """One more miss. Says so unless the question itself will (``ask`` is false), or offers both
    of two likely meanings.
    """
    misses = count(tracker, "misses") + 1
    if misses >= PERSON_AFTER:
        dispatcher.utter_message(response="utter_misunderstood_person")
    elif ask and not is_either(tracker):
        said: dict[int, Any] = {1: "utter_misunderstood_once", 2: "utter_misunderstood_twice"}
        dispatcher.utter_message(response=said[misses])
    return SlotSet("misses", misses)
