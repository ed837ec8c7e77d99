"""What an action reads of the current turn, and how it asks something of the house."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.wishes import WISHES
from bot.directory.places import Place
from bot.wire.meaning import EITHER

ASKS_FOR_PERSON = "ask_human"
#: What the names of intents begin with that may mean danger.
DANGER = "danger_"
#: Confidence from which a message is surely what it was understood as.
SURE = 0.6


def heard_intent(tracker: Tracker) -> str:
    """What the message was understood as."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def is_sure(tracker: Tracker, enough: float = SURE) -> bool:
    """Whether the message was understood beyond doubt."""
    intent = tracker.latest_message.get("intent") or {}
    return float(intent.get("confidence") or 0) >= enough


def heard_text(tracker: Tracker) -> str:
    """What the person typed, which is untrusted."""
    return str(tracker.latest_message.get("text") or "")


def is_chosen(tracker: Tracker) -> bool:
    """Whether an option of ours was chosen; what a person types never begins with a slash."""
    return heard_text(tracker).startswith("/")


def heard_entity(tracker: Tracker, name: str) -> str | None:
    """The value of the first entity ``name`` in the message."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


def language(tracker: Tracker) -> str:
    """The language of the conversation."""
    return str(tracker.get_slot("language") or "en")


def count(tracker: Tracker, slot: str) -> int:
    """A counting slot as a whole number."""
    return int(tracker.get_slot(slot) or 0)


def ask_house(dispatcher: CollectingDispatcher, name: str, /, **fields: Any) -> None:
    """Send a command along with the replies; ``bot.wire.turns.Command`` on the other side."""
    dispatcher.utter_message(json_message={"command": {"name": name, "fields": fields}})


def kept_place(tracker: Tracker) -> Place | None:
    """Where to look, or ``None`` when the person would rather not say."""
    kept = tracker.get_slot("place") or {}
    return Place(**kept) if "name" in kept else None


def is_question(intent: str, domain: dict[str, Any]) -> bool:
    """Whether ``intent`` is followed by the rules at any step, whatever was asked."""
    if intent in WISHES:
        return True
    return intent != EITHER and f"utter_{intent}" in domain["responses"]
