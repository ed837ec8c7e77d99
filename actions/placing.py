"""Taking a place for the search, or asking which one is meant."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.misses import understood
from bot.directory.places import Place


def take_place(found: list[Place]) -> list[SlotSet]:
    """The one place, or the question which of several."""
    if len(found) > 1:
        return ask_place_again({"kind": "which", "choices": [place.title for place in found]})
    return [SlotSet("place", _kept(found[0])), SlotSet("place_question", None), understood()]


def ask_place_again(question: dict[str, Any]) -> list[SlotSet]:
    """No place yet; ``question`` says how to ask for it."""
    return [SlotSet("place", None), SlotSet("place_question", question), understood()]


def _kept(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "state": place.state,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
