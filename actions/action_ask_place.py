"""``action_ask_place``: the question of the slot ``place``, as it stands by now."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.either import offer_either

#: More towns of one name than this are not offered; the first ones are the likely ones.
MOST_CHOICES = 4


class ActionAskPlace(Action):
    """Asks for a ZIP code or a town, or which of several towns is meant."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_ask_place"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """Changes nothing."""
        if offer_either(dispatcher, tracker):
            return []
        question = tracker.get_slot("place_question") or {}
        kind = question.get("kind")
        name = f"utter_ask_place_{kind}" if kind else "utter_ask_place"
        buttons = [_option(title) for title in question.get("choices", ())[:MOST_CHOICES]]
        dispatcher.utter_message(response=name, **({"buttons": buttons} if buttons else {}))
        return []


def _option(title: str) -> dict[str, str]:
    return {"title": title, "payload": f"/choose_place{json.dumps({'place': title})}"}
