"""``validate_welcome_form``: is it safe, may we go on, may I remember."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import miss, understood
from actions.needs import parse_need
from actions.turn import ask_house, heard_intent, is_question

YES, NO = True, False

#: What each question takes for a yes or a no.
ANSWERS: dict[str, dict[str, bool]] = {
    "safe": {"affirm": YES, "safe_to_talk": YES, "deny": NO, "not_safe_to_talk": NO},
    "go_on": {"affirm": YES, "safe_to_talk": YES, "deny": NO, "not_safe_to_talk": NO},
    "remember": {"keep": YES, "affirm": YES, "keep_not": NO, "deny": NO},
}


class ValidateWelcomeForm(Action):
    """Takes the answer to the question that was asked; other questions are for the rules."""

    def name(self) -> str:
        """The name in the domain."""
        return "validate_welcome_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """Slots of the answer; none at all hands a question over to the rules."""
        asked, intent = tracker.get_slot("requested_slot"), heard_intent(tracker)
        if asked is not None and intent == "returned":
            return [SlotSet("safe", None), SlotSet("paused", False), understood()]
        if asked not in ANSWERS or is_question(intent, domain):
            return []
        answer = ANSWERS[asked].get(intent)
        if answer is None:
            return _take_other(dispatcher, tracker, asked)
        if asked == "remember":
            return _take_remember(dispatcher, answer)
        return _take_step(dispatcher, asked, answer)


def _take_step(dispatcher: CollectingDispatcher, asked: str, answer: bool) -> list[SlotSet]:
    """A no waits for as long as it takes, and the question stays open."""
    if asked == "go_on":
        _consent(dispatcher, "go_on", answer)
    return [SlotSet(asked, answer or None), SlotSet("paused", not answer), understood()]


def _take_remember(dispatcher: CollectingDispatcher, answer: bool) -> list[SlotSet]:
    _consent(dispatcher, "keep", answer)
    dispatcher.utter_message(response="utter_kept" if answer else "utter_not_kept")
    return [SlotSet("remember", answer), understood()]


def _take_other(dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> list[SlotSet]:
    """A need that comes early, a return after a no, or something not understood."""
    need = parse_need(heard_intent(tracker))
    if need and asked == "remember":
        return [SlotSet("need", need), *_take_remember(dispatcher, NO)]
    if need:
        dispatcher.utter_message(response="utter_first_things")
    if need or tracker.get_slot("paused"):
        return [SlotSet(asked, None), SlotSet("paused", False), understood()]
    return [SlotSet(asked, None), miss(dispatcher, tracker, ask=asked == "remember")]


def _consent(dispatcher: CollectingDispatcher, kind: str, granted: bool) -> None:
    ask_house(dispatcher, "consent", kind=kind, granted=granted)
