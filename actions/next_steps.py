"""What a person may do after a list: know more, see others, or turn to something else."""

from __future__ import annotations

import json

from rasa_sdk.executor import CollectingDispatcher

from actions.phrases import Phrases

#: What is always offered, and what choosing it means.
ALWAYS = {"more": "/more", "menu": "/another_need", "plan": "/safety_plan", "person": "/ask_human"}


def offer_next_steps(dispatcher: CollectingDispatcher, shown: int, say: Phrases) -> None:
    """Say what comes next. Services come first, so that their own number chooses them."""
    details = [
        _option(
            say.option("details", number=number), f"/details{json.dumps({'number': str(number)})}"
        )
        for number in range(1, shown + 1)
    ]
    always = [_option(say.option(name), payload) for name, payload in ALWAYS.items()]
    dispatcher.utter_message(response="utter_after_services", buttons=[*details, *always])


def _option(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}
