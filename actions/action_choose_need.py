"""``action_choose_need``: a need named while nothing was asked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.misses import understood
from actions.named import named_places
from actions.needs import parse_need
from actions.placing import take_place
from actions.turn import heard_intent


class ActionChooseNeed(Action):
    """Keeps the place, unless a new one is named, so that the next list follows at once."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_choose_need"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The need, and the list from its beginning."""
        need = parse_need(heard_intent(tracker))
        placed = take_place(found) if (found := named_places(tracker)) else []
        return [SlotSet("need", need), SlotSet("offset", 0), understood(), *placed]
