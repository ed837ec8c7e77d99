"""``action_tell``: say what the house has answered."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import told
from actions.tellings import TELL


class ActionTell(Action):
    """Each thing that can be asked of the house has a telling of its name."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_tell"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        answer = told(tracker)
        TELL[str(answer["about"])](dispatcher, tracker, answer)
        return []
