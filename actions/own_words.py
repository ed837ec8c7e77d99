"""What a person told of their own accord, kept in the conversation so that it is asked once."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.turn import heard_intent, heard_text, is_chosen
from bot.care.handoff_note import TOPICS, render_line

#: Messages kept: the last ones say best why somebody is here.
MOST = 3
_TELLS = "tell_"


def keep_own_words(tracker: Tracker) -> list[SlotSet]:
    """Keep a message that tells what happens to somebody. It stays in the sealed conversation,
    and before the person agreed to go on nothing is kept.
    """
    intent = heard_intent(tracker)
    if not tracker.get_slot("go_on") or is_chosen(tracker) or not intent.startswith(_TELLS):
        return []
    told = {"words": render_line(heard_text(tracker)), "topic": TOPICS.get(intent, "")}
    return [SlotSet("own_words", [*find_own_words(tracker), told][-MOST:])]


def find_own_words(tracker: Tracker) -> list[dict[str, Any]]:
    """What was kept, the oldest first: ``words`` and ``topic``."""
    return list(tracker.get_slot("own_words") or [])
