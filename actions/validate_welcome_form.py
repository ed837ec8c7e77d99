"""``validate_welcome_form``: is it safe, may we go on, may I remember."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import miss, understood
from actions.turn import ask_house, heard_intent

YES, NO = True, False

#: What each question takes for a yes or a no.
ANSWERS: dict[str, dict[str, bool]] = {
    "safe": {"affirm": YES, "deny": NO},
    "go_on": {"affirm": YES, "deny": NO},
    "remember": {"keep": YES, "affirm": YES, "keep_not": NO, "deny": NO},
}


class ValidateWelcomeForm(Action):
    """Takes the answer to the question that was asked, and nothing else."""

    def name(self) -> str:
        """The name in the domain."""
        return "validate_welcome_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """Slots of the answer; a no to the first two questions waits for another day."""
        asked = tracker.get_slot("requested_slot")
        if asked not in ANSWERS:
            return []
        answer = ANSWERS[asked].get(heard_intent(tracker))
        if answer is None:
            return [SlotSet(asked, None), miss(dispatcher, tracker, ask=False)]
        if asked == "remember":
            _consent(dispatcher, "remember", answer)
            dispatcher.utter_message(response="utter_kept" if answer else "utter_not_kept")
            return [SlotSet(asked, answer), understood()]
        if asked == "go_on":
            _consent(dispatcher, "go_on", answer)
        return [SlotSet(asked, answer or None), SlotSet("paused", not answer), understood()]


def _consent(dispatcher: CollectingDispatcher, kind: str, granted: bool) -> None:
    ask_house(dispatcher, "consent", kind=kind, granted=granted)
