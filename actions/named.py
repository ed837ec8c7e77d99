"""What a message names beside its intent: a place, a need."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.house import house
from actions.turn import heard_intent, heard_text
from bot.directory.places import Place
from bot.entities.needs import find_needs
from bot.entities.places import find_town_entities, find_zips
from bot.entities.reading import parse_reading
from bot.wire.meaning import EITHER, UNSURE

#: Where the intent says nothing, the words may.
_OPEN = {UNSURE, EITHER, "out_of_scope"}


def named_places(tracker: Tracker) -> list[Place]:
    """The places that the first plain naming of one in the message may mean."""
    reading = parse_reading(heard_text(tracker))
    places, home = house().places, house().site.home_state
    named = [*find_zips(reading, places), *find_town_entities(reading, places, home)]
    return house().find_places(named[0].text) if named else []


def named_need(tracker: Tracker) -> str | None:
    """The one need that is named in a message whose intent says nothing of needs."""
    if not _may_name_need(tracker):
        return None
    needs = {str(entity.value) for entity in find_needs(parse_reading(heard_text(tracker)))}
    return needs.pop() if len(needs) == 1 else None


def _may_name_need(tracker: Tracker) -> bool:
    """A lawyer in a town may count as a place; as the answer to "where?" it is nothing else."""
    intent = heard_intent(tracker)
    if intent == "give_place":
        return bool(tracker.get_slot("requested_slot") != "place")
    return intent in _OPEN
