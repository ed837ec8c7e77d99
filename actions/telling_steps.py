"""The care plan: steps agreed with a navigator, and the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.phrases import Phrases, journey_phrases
from actions.turn import language
from bot.wire.fitting import shorten

#: Steps in one answer, and letters of each in an option.
MOST, LONGEST = 6, 24


def tell_steps(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Each open step in a text of its own, then what can be done with them."""
    say, steps = journey_phrases(language(tracker)), answer["steps"][:MOST]
    add = option(say.option("add_step"), "start", journey="step")
    plan = option(say.option("safety_plan"), "start", journey="safety_plan")
    if not steps:
        dispatcher.utter_message(response="utter_no_steps", buttons=[add, plan])
        return
    for number, step in enumerate(steps, start=1):
        dispatcher.utter_message(text=render_step(number, step, say))
    buttons = [_done(step, say) for step in steps]
    dispatcher.utter_message(response="utter_steps", buttons=[*buttons, add, plan])


def tell_plan_page(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """An address that shows the safety plan for a day, as long as this chat goes on."""
    dispatcher.utter_message(response="utter_plan_page", address=answer["address"])


def render_step(number: int, step: Mapping[str, Any], say: Phrases) -> str:
    """What, in which part of life, by when, how to get there, who helps."""
    parts = [f"{number} {say.named('areas', step['area'])}: {step['what']}."]
    for name in ("by", "transport", "helper"):
        if step.get(name):
            parts.append(say.say(f"step_{name}", value=step[name]))
    return " ".join(parts)


def _done(step: Mapping[str, Any], say: Phrases) -> dict[str, str]:
    short = shorten(step["what"], LONGEST)
    return option(say.option("step_done", what=short), "do", do="step_done", id=step["id"])
