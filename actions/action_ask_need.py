"""``action_ask_need``: the question of the slot ``need``."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.either import offer_either


class ActionAskNeed(Action):
    """Offers every need, or the two things that may have been meant."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_need"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        if not offer_either(dispatcher, tracker):
            dispatcher.utter_message(response="utter_ask_need")
        return []
