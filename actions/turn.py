"""What an action reads of the current turn, and how it asks something of the house."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


def heard_intent(tracker: Tracker) -> str:
    """What the message was understood as."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def heard_text(tracker: Tracker) -> str:
    """What the person typed, which is untrusted."""
    return str(tracker.latest_message.get("text") or "")


def heard_entity(tracker: Tracker, name: str) -> str | None:
    """The value of the first entity ``name`` in the message."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


def language(tracker: Tracker) -> str:
    """The language of the conversation."""
    return str(tracker.get_slot("language") or "en")


def count(tracker: Tracker, slot: str) -> int:
    """A counting slot as a whole number."""
    return int(tracker.get_slot(slot) or 0)


def ask_house(dispatcher: CollectingDispatcher, name: str, **fields: Any) -> None:
    """Send a command along with the replies; ``bot.wire.turns.Command`` on the other side."""
    dispatcher.utter_message(json_message={"command": {"name": name, "fields": fields}})
