"""The menu of a journey: the person chooses which part comes next."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.journeys import Running
from actions.turn import heard_entity, heard_text, is_chosen
from bot.journeys.progress import SHORT, choose_scope
from bot.wire.choices import find_named


def take_part(tracker: Tracker, running: Running) -> list[SlotSet] | None:
    """The part that was named, by number or by its title; ``None`` when none was."""
    part = _named_part(tracker, running)
    if part is None:
        return None
    return running.moved(choose_scope(running.journey, running.progress, part))


def _named_part(tracker: Tracker, running: Running) -> str | None:
    known = {one.id for one in running.journey.sections} | {SHORT}
    if is_chosen(tracker):
        chosen = heard_entity(tracker, "answer")
        return chosen if chosen in known else None
    titles = {one.id: one.title.values() for one in running.journey.sections}
    return find_named(heard_text(tracker), titles)
