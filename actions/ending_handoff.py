"""To a person: what the answers of the journey ``handoff`` ask of the house."""

from __future__ import annotations

import json

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import drop
from actions.kind_desk import KEEP, LINES, MESSAGE, NOW
from actions.kind_note import SEND
from actions.own_words import find_own_words
from actions.turn import ask_house
from bot.journeys.progress import Progress


def end_handoff(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """Into the line with what the person let stand; or no person, and nothing is passed on."""
    how, share = progress.answers.get("how"), progress.answers.get("note") == SEND
    if how == NOW or (how == MESSAGE and share):
        _hand_over(dispatcher, tracker, progress, share=share)
    elif how != KEEP:
        ask_house(dispatcher, "withdraw_handoff")
        dispatcher.utter_message(response=_SAID.get(how or "", "utter_not_handed_over"))
    else:
        dispatcher.utter_message(response="utter_all_right")
    return drop(tracker, progress.journey)


def _hand_over(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress, *, share: bool
) -> None:
    topics = sorted({one["topic"] for one in find_own_words(tracker) if one["topic"]})
    ask_house(
        dispatcher,
        "hand_over",
        how=progress.answers["how"],
        share=share,
        note=json.loads(progress.answers.get("lines", "[]")) if share else [],
        topics=topics if share else [],
    )


_SAID = {LINES: "utter_lines", MESSAGE: "utter_message_empty"}
