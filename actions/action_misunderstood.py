"""``action_misunderstood``: nobody understood, and nothing had been asked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.either import offer_either
from actions.misses import is_for_person, miss
from actions.turn import count

LISTEN = "action_listen"


class ActionMisunderstood(Action):
    """Either of two, or in other words; then options; then a person."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_misunderstood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """One more miss; the second one shows what can be chosen.

        This is also what Rasa falls back to where no rule fits. It would do so again and again
        while a form is open, so the turn ends here.
        """
        missed = [miss(dispatcher, tracker), FollowupAction(LISTEN)]
        before = count(tracker, "misses")
        if is_for_person(before + 1) or offer_either(dispatcher, tracker):
            return missed
        if before:
            dispatcher.utter_message(response="utter_ask_need")
        return missed
