"""Counting what was not understood: ask again, offer options, then a person."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.either import is_either
from actions.house import house
from actions.misreading import tell_misread
from actions.turn import count


def is_for_person(misses: int) -> bool:
    """Whether so many misses in a row are enough, at this site, for a person to be offered."""
    return misses >= house().site.offer.after_misunderstood


def understood() -> SlotSet:
    """The count begins anew."""
    return SlotSet("misses", 0)


def miss(dispatcher: CollectingDispatcher, tracker: Tracker, *, ask: bool = True) -> SlotSet:
    """One more miss. Says so unless the question itself will (``ask`` is false), or offers both
    of two likely meanings. The team may learn from it, if the person agreed to that.
    """
    tell_misread(dispatcher, tracker)
    misses = count(tracker, "misses") + 1
    if is_for_person(misses):
        dispatcher.utter_message(response="utter_misunderstood_person")
    elif ask and not is_either(tracker):
        times = "once" if misses == 1 else "twice"
        dispatcher.utter_message(response=f"utter_misunderstood_{times}")
    return SlotSet("misses", misses)
