"""Wishes of a person about contact, cover and memory, once they have said them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import drop
from actions.turn import ask_house
from bot.journeys.content import YES
from bot.journeys.progress import Progress


def end_contact(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """How this person may be written to. A no to being written to first is a wish as well."""
    answers = progress.answers
    first = answers.get("first") == YES and answers.get("agree") == YES
    ask_house(dispatcher, "consent", kind="reminders", granted=first)
    ask_house(dispatcher, "save_contact", first=first, answers=dict(answers))
    dispatcher.utter_message(response="utter_contact_saved" if first else "utter_contact_never")
    return drop(tracker, progress.journey)


def end_cover(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """From the next EXIT on the number is something else, until the code word comes."""
    story, word = progress.answers.get("story"), progress.answers.get("word")
    if story == "none":
        ask_house(dispatcher, "forget_cover")
        dispatcher.utter_message(response="utter_cover_off")
    elif story and word:
        ask_house(dispatcher, "save_cover", story=story, word=word)
        dispatcher.utter_message(response="utter_cover_saved")
    else:
        dispatcher.utter_message(response="utter_cover_not_saved")
    return drop(tracker, progress.journey)


def end_remember(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """What was kept is only told when the house has kept it."""
    kept = "phrase" in progress.answers
    dispatcher.utter_message(response="utter_memory_kept" if kept else "utter_memory_not_kept")
    return drop(tracker, progress.journey)


def end_open_memory(
    dispatcher: CollectingDispatcher, tracker: Tracker, progress: Progress
) -> list[SlotSet]:
    """What was kept is back in the conversation."""
    opened = "phrase" in progress.answers
    dispatcher.utter_message(response="utter_memory_opened" if opened else "utter_memory_closed")
    return drop(tracker, progress.journey)
