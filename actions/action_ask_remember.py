"""``action_ask_remember``: the question of the slot ``remember``."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.either import offer_either


class ActionAskRemember(Action):
    """Asks for the consent, or which of two things was meant."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_remember"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        if not offer_either(dispatcher, tracker):
            dispatcher.utter_message(response="utter_ask_remember")
        return []
