"""``action_start_journey``: begin a journey, or take one up again where it was left."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import DONE, Running, find_left, journeys, told, wanted_journey
from actions.misses import understood
from actions.phrases import journey_phrases
from actions.turn import heard_entity, heard_intent, language
from bot.journeys.content import Journey, text_in
from bot.journeys.progress import SHORT, Progress, change_answer, choose_scope, start_journey

#: What an option may say beside the journey's name.
PRESET = ("booking", "move", "place", "place_name")
#: All that somebody is asked who is new here: how they are, and no screening.
NOT_SCREENED = "feel"
#: Asked for instead of a question: the menu of the journey's parts.
PARTS = "parts"


class ActionStartJourney(Action):
    """The answers of an earlier time are kept; a journey with a menu begins with its short part."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_start_journey"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The journey and its first open question."""
        name = _wanted(tracker)
        if name is None:
            dispatcher.utter_message(response="utter_nothing_to_resume")
            return [SlotSet("journey", None), SlotSet("journey_step", DONE), understood()]
        journey, kept = journeys()[name], find_left(tracker, name)
        _say_start(dispatcher, tracker, journey, kept)
        running = Running(journey, _progress(tracker, journey, kept))
        return [*running.events(step=_step(tracker, running)), understood()]


def _wanted(tracker: Tracker) -> str | None:
    if heard_intent(tracker) == "resume":
        return _last_left(tracker)
    name = wanted_journey(tracker, heard_intent(tracker))
    return name if name in journeys() else None


def _last_left(tracker: Tracker) -> str | None:
    """The journey left last that still has an open question."""
    left = tracker.get_slot("left") or {}
    open_ones = [name for name, kept in left.items() if kept["at"] and name in journeys()]
    return open_ones[-1] if open_ones else None


def _progress(tracker: Tracker, journey: Journey, kept: Progress | None) -> Progress:
    if (question := heard_entity(tracker, "question")) and journey.question(question):
        return change_answer(kept or start_journey(journey), question)
    if kept and journey.question(kept.at or ""):
        return kept
    if journey.menu:
        return kept or choose_scope(journey, start_journey(journey), SHORT)
    if journey.name == "check_in" and told(tracker).get("first_contact", True):
        return choose_scope(journey, start_journey(journey), NOT_SCREENED)
    return start_journey(journey, _preset(tracker, journey))


def _preset(tracker: Tracker, journey: Journey) -> Progress:
    """What the chosen option already says."""
    given = ((name, heard_entity(tracker, name)) for name in PRESET)
    return Progress(journey.name, answers={name: value for name, value in given if value})


def _step(tracker: Tracker, running: Running) -> str | None:
    """A plan whose questions are answered shows what can be done with it, or its parts."""
    wants_parts = heard_entity(tracker, "question") == PARTS
    ended = running.progress.at is None and not wants_parts
    return DONE if ended else None


def _say_start(
    dispatcher: CollectingDispatcher, tracker: Tracker, journey: Journey, kept: Progress | None
) -> None:
    if kept is None and journey.start:
        dispatcher.utter_message(text=text_in(journey.start, language(tracker)))
    elif kept and kept.at and not heard_entity(tracker, "question"):
        dispatcher.utter_message(text=journey_phrases(language(tracker)).say("resumed"))
