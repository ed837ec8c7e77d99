"""``action_change_place``: a place named while nothing was asked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from actions.named import named_need, named_places
from actions.placing import ask_place_again, take_place
from actions.turn import heard_text


class ActionChangePlace(Action):
    """Keeps the need, unless one is named too, so that the list for the new place follows."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_change_place"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The place, and the list from its beginning; a place nobody knows is asked for."""
        found = named_places(tracker) or house().find_places(heard_text(tracker))
        placed = take_place(found) if found else ask_place_again({"kind": "unknown"})
        needed = [SlotSet("need", need)] if (need := named_need(tracker)) else []
        return [SlotSet("offset", 0), *needed, *placed]
