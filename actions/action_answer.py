"""``action_answer``: answer a question about the service itself."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import understood
from actions.turn import ASKS_FOR_PERSON, DANGER, ask_house, heard_intent


class ActionAnswer(Action):
    """Each such intent has a response of its name."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The thread is taken up again by the rule that called."""
        intent = heard_intent(tracker)
        if intent == ASKS_FOR_PERSON:
            ask_house(dispatcher, "handoff", reason="human")
            dispatcher.utter_message(response="utter_care_human")
        else:
            if intent.startswith(DANGER):
                # The engine may be mistaken, so the response only asks; a person should know.
                ask_house(dispatcher, "handoff", reason=intent)
            dispatcher.utter_message(response=f"utter_{intent}")
        return [SlotSet("paused", False), understood(), *_ask_plainly(tracker)]


def _ask_plainly(tracker: Tracker) -> list[SlotSet]:
    """After a digression the place is asked for as at first, unless a choice is still open."""
    question = tracker.get_slot("place_question") or {}
    return [] if question.get("choices") else [SlotSet("place_question", None)]
