"""``action_answer``: answer a question about the service itself."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import find_desk, say_wait
from actions.misses import understood
from actions.own_words import keep_own_words
from actions.turn import ASKS_FOR_PERSON, DANGER, ask_house, heard_intent, language
from actions.wishes import WISHES
from bot.care.handoffs import HUMAN


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
            _call_person(dispatcher, tracker)
        elif intent in WISHES:
            dispatcher.utter_message(response="utter_first_things")
        else:
            if intent.startswith(DANGER):
                # The engine may be mistaken, so the response only asks; a person should know.
                ask_house(dispatcher, "handoff", reason=intent)
            dispatcher.utter_message(response=f"utter_{intent}")
        kept = keep_own_words(tracker)
        return [SlotSet("paused", False), understood(), *_ask_plainly(tracker), *kept]


def _call_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The team is called, unless its line is closed to this person, who is told so."""
    desk = find_desk(tracker)
    if desk.get("closed"):
        dispatcher.utter_message(response="utter_care_line_closed")
        return
    ask_house(dispatcher, "handoff", reason=HUMAN)
    wait = say_wait(desk, language(tracker))
    dispatcher.utter_message(response="utter_person_called", wait=wait)


def _ask_plainly(tracker: Tracker) -> list[SlotSet]:
    """After a digression the place is asked for as at first, unless a choice is still open."""
    question = tracker.get_slot("place_question") or {}
    return [] if question.get("choices") else [SlotSet("place_question", None)]
