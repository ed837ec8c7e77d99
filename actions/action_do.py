"""``action_do``: one of the things that were offered to be done."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.doings import DO
from actions.misses import understood
from actions.turn import heard_entity


class ActionDo(Action):
    """Only what ``actions.doings`` lists is ever done; options come from our own content."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_do"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        """What that thing changes."""
        do = DO[heard_entity(tracker, "do") or "nothing"]
        return [*do(dispatcher, tracker), understood()]
