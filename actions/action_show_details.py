"""``action_show_details``: all that is known about one of the services just shown."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from actions.misses import understood
from actions.next_steps import offer_next_steps
from actions.phrases import phrases
from actions.turn import heard_entity, heard_text, language
from bot.directory.search import Match, find_service
from bot.directory.service_lines import render_details

_NUMBER = re.compile(r"(?<!\d)[1-9](?!\d)")


class ActionShowDetails(Action):
    """The address of a confidential place is not in the directory, so it cannot be told."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_show_details"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """Changes nothing but the count of misses."""
        shown = tracker.get_slot("shown") or []
        match = await _find(_chosen(tracker), shown)
        if match is None:
            dispatcher.utter_message(
                response="utter_no_such_service" if shown else "utter_nothing_asked"
            )
            return [understood()]
        say = phrases(language(tracker))
        for text in render_details(match, say):
            dispatcher.utter_message(text=text)
        offer_next_steps(dispatcher, len(shown), say)
        referred = {"place": match.service_id, "place_name": match.name}
        return [SlotSet("referred", referred), understood()]


def _chosen(tracker: Tracker) -> int | None:
    """The number that was named, in an option or in a person's own words."""
    named = _NUMBER.search(heard_entity(tracker, "number") or heard_text(tracker))
    return int(named[0]) if named else None


async def _find(number: int | None, shown: list[str]) -> Match | None:
    if number is None or number > len(shown):
        return None
    async with house().sessions() as session:
        return await find_service(session, shown[number - 1], house().now())
