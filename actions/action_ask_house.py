"""``action_ask_house``: what only the house knows: bookings, consents, steps, who saw what."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import understood
from actions.turn import ask_house, heard_intent


class ActionAskHouse(Action):
    """The house answers in the same turn; ``action_tell`` says it."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_house"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing but the count of misses."""
        ask_house(dispatcher, "tell", about=heard_intent(tracker))
        return [understood()]
