"""What a person has booked, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_steps import option
from actions.ending_bookings import offer_after_booking
from actions.phrases import journey_phrases
from actions.turn import language
from actions.when import local_when

#: Bookings in one answer; hardly anybody has more ahead.
MOST = 4


def tell_bookings(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """The visits ahead; for one alone all that can be done with it, or just what was asked."""
    found, spoken = answer["bookings"][:MOST], language(tracker)
    if not found:
        dispatcher.utter_message(response="utter_no_bookings")
        return
    lines = [f"{_when(one, spoken)}, {one['service']}." for one in found]
    buttons = _BUTTONS[answer["about"]](found, spoken)
    dispatcher.utter_message(
        response=f"utter_{answer['about']}_which", visits=" ".join(lines), buttons=buttons
    )


def tell_cancelled(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """Given back, or gone before."""
    done = answer["result"] == "cancelled"
    dispatcher.utter_message(response="utter_cancelled" if done else "utter_no_bookings")


def tell_calendar_file(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Mapping[str, Any]
) -> None:
    """An address that works for a day and says nothing."""
    if answer.get("address"):
        dispatcher.utter_message(response="utter_calendar_file", address=answer["address"])
    else:
        dispatcher.utter_message(response="utter_no_bookings")


def _seeing(found: list[dict[str, Any]], spoken: str) -> list[dict[str, str]]:
    if len(found) > 1:
        return _moving(found, spoken) + _cancelling(found, spoken)
    say = journey_phrases(spoken)
    return [
        *offer_after_booking(found[0]["id"], spoken),
        _move(found[0], say.option("move")),
    ]


def _moving(found: list[dict[str, Any]], spoken: str) -> list[dict[str, str]]:
    say = journey_phrases(spoken)
    return [_move(one, say.option("move_one", when=_when(one, spoken))) for one in found]


def _cancelling(found: list[dict[str, Any]], spoken: str) -> list[dict[str, str]]:
    say = journey_phrases(spoken)
    titled = ((say.option("cancel_one", when=_when(one, spoken)), one) for one in found)
    return [option(title, "do", do="cancel", id=one["id"]) for title, one in titled]


def _move(one: Mapping[str, Any], title: str) -> dict[str, str]:
    return option(
        title,
        "start",
        journey="book",
        move=one["id"],
        place=one["service_id"],
        place_name=one["service"],
    )


def _when(one: Mapping[str, Any], spoken: str) -> str:
    return local_when(one["starts_at"], spoken)


_BUTTONS = {
    "see_appointment": _seeing,
    "change_appointment": _moving,
    "cancel_appointment": _cancelling,
}
