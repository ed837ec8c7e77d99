"""What a person agreed to, who was shown what, and all that is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.journeys import find_left, journeys
from actions.phrases import Phrases, journey_phrases, phrases
from actions.plan_reading import render_plan
from actions.turn import language
from bot.wire.fitting import pack

#: What is told as a number, in the order in which it is told.
COUNTED = (
    "consents", "bookings", "reminders", "steps", "referrals", "accesses", "feedback", "misread",
)  # fmt: skip
#: The consent to a memory, as an option to take it back.
MEMORY = {"id": "remember", "kind": "remember", "agency": ""}


def tell_consents(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Each consent that holds, with its days, and each of them to be taken back.

    A memory can be ended whether or not there is one, for nobody is told that there is.
    """
    spoken = language(tracker)
    say, held = journey_phrases(spoken), answer["consents"]
    if not held:
        dispatcher.utter_message(response="utter_no_consents")
    lines = [
        say.say("consent", name=_named(one, say), day=_day(one["granted"], spoken),
                until=_day(one["until"], spoken))
        for one in held
    ]  # fmt: skip
    _say_in_pieces(dispatcher, lines)
    buttons = [
        option(say.option("take_back", name=_named(one, say)), "do", do="take_back", id=one["id"])
        for one in [*held, MEMORY]
    ]
    dispatcher.utter_message(response="utter_take_back_which", buttons=buttons)


def tell_taken_back(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Taken back, from now on."""
    dispatcher.utter_message(response="utter_taken_back")


def tell_accesses(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Everybody who was shown something, what it was, and on which day."""
    spoken = language(tracker)
    say = journey_phrases(spoken)
    if not answer["accesses"]:
        dispatcher.utter_message(response="utter_no_accesses")
        return
    lines = [
        say.say("access", who=one["who"], what=say.named("shown", one["what"]),
                day=_day(one["day"], spoken))
        for one in answer["accesses"]
    ]  # fmt: skip
    _say_in_pieces(dispatcher, lines)


def tell_data(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """All that is here of a person, in their own words where there are any."""
    spoken = language(tracker)
    say = journey_phrases(spoken)
    dispatcher.utter_message(response="utter_your_data")
    _say_in_pieces(dispatcher, _data(tracker, answer, say))
    if plan := find_left(tracker, "safety_plan"):
        for text in render_plan(journeys()["safety_plan"], plan, spoken):
            dispatcher.utter_message(text=text)
    dispatcher.utter_message(response="utter_your_data_end")


def _data(tracker: Tracker, answer: Mapping[str, Any], say: Phrases) -> Iterator[str]:
    yield say.say("data_address", channel=say.named("channels", answer["channel"]))
    if need := tracker.get_slot("need"):
        yield say.say("data_need", need=say.named("needs", need))
    if place := (tracker.get_slot("place") or {}).get("name"):
        yield say.say("data_place", place=place)
    for name in COUNTED:
        if count := len(answer[name]) if isinstance(answer[name], list) else answer[name]:
            yield say.say(f"data_{name}", count=count)
    for name in ("contact", "cover"):
        if answer[name]:
            yield say.say(f"data_{name}")
    yield say.say("data_memory")


def _named(one: Mapping[str, Any], say: Phrases) -> str:
    name = say.named("consents", one["kind"])
    return f"{name} ({one['agency']})" if one["agency"] else name


def _day(iso: str, spoken: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {phrases(spoken).month(day.month)}"


def _say_in_pieces(dispatcher: CollectingDispatcher, lines: Iterable[str]) -> None:
    for text in pack(lines):
        dispatcher.utter_message(text=text)
