"""Which service to book."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.asking_steps import option, way_around
from actions.house import house
from actions.kinds import Kind, Put
from actions.named import named_need
from actions.needs import parse_need
from actions.phrases import journey_phrases
from actions.turn import heard_entity, heard_intent, heard_text, is_chosen
from bot.appointments.bookable import Bookable, find_bookable
from bot.journeys.content import text_in
from bot.wire.choices import find_named
from bot.wire.fitting import shorten

#: More would not fit into two segments of a text.
MOST = 5
LONGEST_TITLE = 34


class ServiceKind(Kind):
    """Those that help with what the person needs come first, and alone if there are any."""

    async def ask(self, put: Put) -> None:
        """The services that can be booked here, or that none can."""
        found = await _find(put.tracker)
        if not found:
            put.say("utter_nothing_to_book")
            return
        buttons = [option(_title(one), "answer", answer=one.service_id) for one in found[:MOST]]
        buttons += way_around(put.question, journey_phrases(put.language))
        put.dispatcher.utter_message(text=text_in(put.question.ask, put.language), buttons=buttons)

    async def take(self, put: Put) -> list[SlotSet] | None:
        """One by its number or name, or what it should help with."""
        found = await _find(put.tracker)
        if is_chosen(put.tracker):
            wanted = heard_entity(put.tracker, "answer")
            return next((_taken(put, one) for one in found if one.service_id == wanted), None)
        if need := parse_need(heard_intent(put.tracker)) or named_need(put.tracker):
            return [SlotSet("need", need), *put.running.events()]
        titles = {one.service_id: (one.name,) for one in found}
        named = find_named(heard_text(put.tracker), titles)
        return next((_taken(put, one) for one in found if one.service_id == named), None)


def _taken(put: Put, chosen: Bookable) -> list[SlotSet]:
    """The name goes along, for what is said later."""
    return put.noting(place_name=_title(chosen)).answered(chosen.service_id)


async def _find(tracker: Tracker) -> list[Bookable]:
    async with house().sessions() as session:
        found = await find_bookable(session, house().now())
    need = tracker.get_slot("need")
    return [one for one in found if need in one.needs] or found


def _title(one: Bookable) -> str:
    return shorten(one.name, LONGEST_TITLE)
