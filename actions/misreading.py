"""Telling the house of a message that nobody understood, for the team to learn from.

The house keeps nothing of it unless the person agreed to that (``worker.command_misread``).
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import DANGER, ask_house, heard_intent, is_chosen
from bot.wire.meaning import EITHER, UNSURE, Meaning, find_likeliest

#: What a message is taken for that nobody understood.
NOT_UNDERSTOOD = {UNSURE, EITHER, "out_of_scope"}
#: Where no answer is a name, a place, a secret or somebody's own story.
OPEN_QUESTIONS = {None, "need"}
#: Danger that is as likely as this place in the ranking makes a message nothing to learn from.
_FIRST = 3


def tell_misread(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Tell of the message by its likeliest meaning alone; its words stay with the house."""
    ranking = tracker.latest_message.get("intent_ranking") or ()
    meanings = [Meaning(one["name"], one["confidence"]) for one in ranking]
    if not _is_for_learning(tracker) or any(_is_danger(one) for one in meanings[:_FIRST]):
        return
    likely = next((one.intent for one in find_likeliest(meanings)), None)
    ask_house(dispatcher, "misread", likely=likely)


def _is_for_learning(tracker: Tracker) -> bool:
    asked = tracker.get_slot("requested_slot") if tracker.active_loop_name else None
    is_open = asked in OPEN_QUESTIONS and not is_chosen(tracker)
    return is_open and heard_intent(tracker) in NOT_UNDERSTOOD


def _is_danger(one: Meaning) -> bool:
    return one.intent.startswith(DANGER)
