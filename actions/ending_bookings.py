"""A booking, what it needs beside it, and its reminder, once said."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.journeys import drop
from actions.phrases import journey_phrases
from actions.turn import ask_house, language
from bot.journeys.content import YES
from bot.journeys.progress import Progress


def end_booking(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """Booked, moved, or let go; a slot that was only held is free again."""
    answers = progress.answers
    if "moved" in answers or "name" in answers:
        response = "utter_moved" if "moved" in answers else "utter_booked"
        buttons = offer_after_booking(answers["slot"], language(tracker))
        dispatcher.utter_message(response=response, when=answers["when"], buttons=buttons)
    else:
        if "slot" in answers:
            ask_house(dispatcher, "cancel_booking", booking=answers["slot"])
        dispatcher.utter_message(response="utter_not_booked")
    return drop(tracker, progress.journey)


def end_ride(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """What the visit needs goes to the provider, and a ride to the navigators."""
    ask_house(dispatcher, "save_needs", answers=dict(progress.answers))
    dispatcher.utter_message(response="utter_needs_saved")
    return drop(tracker, progress.journey)


def end_reminder(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """A reminder only with the consent to be written to first."""
    agreed = progress.answers.get("agree") == YES and "when" in progress.answers
    if agreed:
        ask_house(dispatcher, "consent", kind="reminders", granted=True)
        ask_house(dispatcher, "save_reminder", answers=dict(progress.answers))
    dispatcher.utter_message(response="utter_reminder_set" if agreed else "utter_reminder_not_set")
    return drop(tracker, progress.journey)


def offer_after_booking(booking: str, spoken: str) -> list[dict[str, str]]:
    """What can be done with a booking."""
    say = journey_phrases(spoken)
    return [
        option(say.option("remind"), "start", journey="remind", booking=booking),
        option(say.option("needs"), "start", journey="ride", booking=booking),
        option(say.option("calendar"), "do", do="calendar", id=booking),
        option(say.option("cancel"), "do", do="cancel", id=booking),
    ]
