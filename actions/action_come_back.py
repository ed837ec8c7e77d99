"""``action_come_back``: after a long silence, ask anew whether it is safe to talk."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import understood


class ActionComeBack(Action):
    """What was agreed and where stands; what was needed is asked for again, once it is safe."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_come_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The first question is open again."""
        asked_again = ("safe", "need", "shown", "place_question", "referred")
        ask_about = SlotSet("ask_about", tracker.get_slot("referred"))
        return [ask_about, *(SlotSet(name, None) for name in asked_again), understood()]
