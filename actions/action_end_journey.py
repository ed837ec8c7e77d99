"""``action_end_journey``: a journey is finished, takes a break, or steps aside."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.endings import END
from actions.journeys import ASIDE, PAUSED, find_running, leave
from actions.turn import ask_house


class ActionEndJourney(Action):
    """What becomes of the answers is each journey's own matter (``actions.endings``)."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_end_journey"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """No journey runs any more; aside, the message is read again outside of it."""
        running, step = find_running(tracker), tracker.get_slot("journey_step")
        if running is None:
            return [SlotSet("journey", None), SlotSet("journey_step", None)]
        if step == ASIDE:
            ask_house(dispatcher, "read_again")
            return leave(tracker, running.progress)
        if step == PAUSED:
            dispatcher.utter_message(response="utter_paused")
            return leave(tracker, running.progress)
        return END[running.journey.name](dispatcher, tracker, running.progress)
