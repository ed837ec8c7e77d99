"""Asking a question of the welcome for the first time, again, or not at all while it waits."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.either import offer_either
from actions.turn import count


def ask(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, first: str, again: str, waiting: str
) -> None:
    """Say the one of three responses that fits, or ask which of two things was meant."""
    if offer_either(dispatcher, tracker):
        return
    if tracker.get_slot("paused"):
        dispatcher.utter_message(response=waiting)
    else:
        dispatcher.utter_message(response=again if count(tracker, "misses") else first)
