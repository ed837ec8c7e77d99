"""``action_ask_journey_step``: the question of a journey that comes next."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import ask_menu
from actions.either import offer_either
from actions.journeys import find_running
from actions.kind_of import kind_of
from actions.kinds import Put
from actions.turn import count
from bot.journeys.progress import find_open_question


class ActionAskJourneyStep(Action):
    """Says nothing while the house looks something up: it goes on with the answer."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_journey_step"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        running = find_running(tracker)
        if running is None or running.waits:
            return []
        if count(tracker, "misses") and offer_either(dispatcher, tracker):
            return []
        question = find_open_question(running.journey, running.progress)
        if question:
            await kind_of(question).ask(Put(dispatcher, tracker, running, question))
        elif running.journey.menu:
            ask_menu(dispatcher, tracker, running)
        return []
