"""``action_ask_need``: the question of the slot ``need``."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.either import offer_either
from actions.journeys import told
from actions.phrases import journey_phrases
from actions.turn import language


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
            dispatcher.utter_message(response="utter_ask_need", buttons=_past_visit(tracker))
        return []


def _past_visit(tracker: Tracker) -> list[dict[str, str]]:
    """Whoever had an appointment, or was told of a place, may say how it went."""
    past = told(tracker).get("past_visit") or tracker.get_slot("ask_about")
    if not past:
        return []
    title = journey_phrases(language(tracker)).option("past_visit")
    return [option(title, "start", journey="helped", **past)]
