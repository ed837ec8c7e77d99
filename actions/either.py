"""Two likely meanings: both are offered in plain words, instead of guessing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import heard_intent, language
from bot.settings import ROOT
from bot.wire.meaning import EITHER, Meaning, find_likeliest
from bot.written import load_written

PATH = ROOT / "data" / "phrases" / "meanings.yml"


def is_either(tracker: Tracker) -> bool:
    """Whether the message may be one of two things that both can be offered."""
    return heard_intent(tracker) == EITHER and len(_find_options(tracker)) == 2


def offer_either(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Offer both, if it is so."""
    if not is_either(tracker):
        return False
    dispatcher.utter_message(response="utter_either", buttons=_find_options(tracker))
    return True


def _find_options(tracker: Tracker) -> list[dict[str, str]]:
    ranking = tracker.latest_message.get("intent_ranking") or ()
    meanings = [Meaning(one["name"], one["confidence"]) for one in ranking]
    titles = _find_titles()
    spoken = titles.get(language(tracker)) or titles["en"]
    return [
        {"title": spoken[one.intent], "payload": f"/{one.intent}"}
        for one in find_likeliest(meanings)[:2]
        if one.intent in spoken
    ]


@cache
def _find_titles() -> Mapping[str, Mapping[str, str]]:
    titles: Mapping[str, Mapping[str, str]] = load_written(PATH)
    return titles
