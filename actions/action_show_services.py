"""``action_show_services``: the next few services for the need, each in a text of its own."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from actions.misses import understood
from actions.next_steps import offer_next_steps
from actions.phrases import phrases
from actions.turn import count, heard_intent, kept_place, language
from bot.directory.search import Match, Query, search
from bot.directory.service_lines import render_found

#: Services in one list; more would be more texts than a person reads at once.
SHOWN = 3


class ActionShowServices(Action):
    """MORE goes on where the last list ended."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_show_services"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """What was shown, so that DETAILS can be asked for."""
        if tracker.get_slot("need") is None:
            dispatcher.utter_message(response="utter_nothing_asked")
            return [understood()]
        offset = count(tracker, "offset") + SHOWN if heard_intent(tracker) == "more" else 0
        found = await _find(tracker, offset)
        if not found:
            dispatcher.utter_message(
                response="utter_no_more_services" if offset else "utter_no_services"
            )
            _offer_person(dispatcher, tracker)
            return [understood()]
        _show(dispatcher, found, language(tracker))
        _offer_person(dispatcher, tracker)
        offer_next_steps(dispatcher, len(found), phrases(language(tracker)))
        shown = [match.service_id for match in found]
        return [SlotSet("offset", offset), SlotSet("shown", shown), understood()]


async def _find(tracker: Tracker, offset: int) -> list[Match]:
    query = Query(
        need=tracker.get_slot("need"),
        place=kept_place(tracker),
        language=language(tracker),
        limit=SHOWN,
        offset=offset,
    )
    async with house().sessions() as session:
        return await search(session, query, house().now())


def _show(dispatcher: CollectingDispatcher, found: list[Match], spoken: str) -> None:
    say, now = phrases(spoken), house().now()
    for number, match in enumerate(found, start=1):
        dispatcher.utter_message(text=render_found(match, number, say, now))


def _offer_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """With the first list of a need of which the site says that a person helps best."""
    needs = house().site.offer.for_needs
    if tracker.get_slot("need") in needs and heard_intent(tracker) != "more":
        dispatcher.utter_message(text=phrases(language(tracker)).say("with_person"))
