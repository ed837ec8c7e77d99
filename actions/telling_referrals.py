"""How it goes with what a person let be passed on to another place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.phrases import Phrases, referral_phrases
from actions.turn import language
from bot.wire.fitting import pack

#: Referrals in one answer, the latest; hardly anybody has more.
MOST = 6


def tell_referrals(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Each place and what it said: the day once it has set one, or why it can not help."""
    say, found = referral_phrases(language(tracker)), answer["referrals"][:MOST]
    if not found:
        dispatcher.utter_message(response="utter_no_referrals")
    for text in pack(_render(one, say) for one in found):
        dispatcher.utter_message(text=text)


def _render(one: Mapping[str, str], say: Phrases) -> str:
    state = say.named("states", one["state"])
    more = one["day"].rstrip(".") or say.find("why", one["reason"])
    name = "state_more" if more else "state"
    return say.say(name, agency=one["agency"], state=state, more=more)
