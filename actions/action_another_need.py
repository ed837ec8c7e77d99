"""``action_another_need``: ask for the need again, and keep the place."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import understood


class ActionAnotherNeed(Action):
    """Forgets the last need."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_another_need"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """An open question for the form."""
        return [SlotSet("need", None), SlotSet("offset", 0), understood()]
