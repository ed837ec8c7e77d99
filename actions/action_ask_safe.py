"""``action_ask_safe``: the question of the slot ``safe``."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import ask


class ActionAskSafe(Action):
    """Asks, asks again, or waits."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_safe"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        ask(
            dispatcher,
            tracker,
            first="utter_ask_safe",
            again="utter_ask_safe_again",
            waiting="utter_not_safe",
        )
        return []
