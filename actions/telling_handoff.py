"""What becomes of the wish to talk with a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import say_opening, say_wait
from actions.kind_desk import MESSAGE
from actions.phrases import desk_phrases
from actions.turn import language


def tell_handed_over(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """In the line, or the message is with the team."""
    spoken = language(tracker)
    if answer["how"] == MESSAGE:
        opens = desk_phrases(spoken).say("no_hours") if answer["open"] else None
        opens = opens or say_opening(answer, spoken)
        dispatcher.utter_message(response="utter_message_left", opens=opens)
    else:
        dispatcher.utter_message(response="utter_handed_over", wait=say_wait(answer, spoken))
