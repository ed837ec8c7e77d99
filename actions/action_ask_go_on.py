"""``action_ask_go_on``: the question of the slot ``go_on``."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import ask


class ActionAskGoOn(Action):
    """Asks, asks again, or waits."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_go_on"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        ask(
            dispatcher,
            tracker,
            first="utter_ask_go_on",
            again="utter_ask_go_on_again",
            waiting="utter_not_going_on",
        )
        return []
