"""How referrals stand, in the words that a person reads."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.telling_referrals import MOST, tell_referrals
from bot.care.referrals import RAN_OUT, REASONS, State
from bot.wire.segments import count_segments
from bot.wire.turns import Reply
from channels.twilio import render

NAME = "Northern Alder County Family and Immigration Legal Aid"


def one(
    state: str, agency: str = "Alder Legal Aid", *, day: str = "", reason: str = ""
) -> dict[str, str]:
    """A referral as the house tells it."""
    return {"agency": agency, "state": state, "day": day, "reason": reason}


def tell(language: str, *referrals: dict[str, str]) -> list[str]:
    """What is said: texts, or the name of a response."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("", {"language": language}, {}, [], False, None, {}, "")
    tell_referrals(dispatcher, tracker, {"referrals": referrals})
    return [said["text"] or said["response"] for said in dispatcher.messages]


def test_each_place_is_named_with_its_state() -> None:
    assert tell("en", one("sent"), one("declined", "River Clinic")) == [
        "Alder Legal Aid: sent, no answer yet. River Clinic: they can not help with this."
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Alder Legal Aid: they set a day, Tue 3 p.m."),
        ("es", "Alder Legal Aid: pusieron un día, Tue 3 p.m."),
    ],
)
def test_a_day_that_was_set_is_said(language: str, said: str) -> None:
    assert tell(language, one("scheduled", day="Tue 3 p.m.")) == [said]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Alder Legal Aid: the time for it ran out."),
        ("es", "Alder Legal Aid: se venció el plazo."),
    ],
)
def test_a_time_that_ran_out_is_said(language: str, said: str) -> None:
    assert tell(language, one("ran_out")) == [said]


def test_a_day_is_said_after_the_time_ran_out() -> None:
    said = "Alder Legal Aid: the time for it ran out after they set a day, Tue 3 pm."
    assert tell("en", one("ran_out_after_day", day="Tue 3 pm")) == [said]


@pytest.mark.parametrize("reason", [one for one in REASONS if one != "other"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_why_a_place_can_not_help_is_said(language: str, reason: str) -> None:
    (plain,), (said,) = (
        tell(language, one("declined")),
        tell(language, one("declined", reason=reason)),
    )
    assert said.startswith(f"{plain.removesuffix('.')}, ")


def test_a_reason_without_words_is_left_out() -> None:
    assert tell("en", one("declined", reason="other")) == tell("en", one("declined"))


def test_nothing_passed_on_has_a_response_of_its_own() -> None:
    assert tell("en") == ["utter_no_referrals"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("state", [*(one.value for one in State), *RAN_OUT.values()])
def test_no_text_is_longer_than_two_segments(language: str, state: str) -> None:
    texts = tell(language, *[one(state, NAME, day="Tuesday 24 November, 3 pm")] * MOST * 2)
    assert sum(text.count(NAME) for text in texts) == MOST
    assert all(count_segments(render(Reply(text))).count <= 2 for text in texts)
