"""All that is here of a person, in the words that they read."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.telling_consents import COUNTED, tell_data
from bot.wire.segments import count_segments
from bot.wire.turns import Reply
from channels.twilio import render

NOTHING = {**dict.fromkeys(COUNTED, 0), "channel": "sms", "contact": False, "cover": False}


def tell(language: str, **held: int) -> list[str]:
    """What is said of somebody of whom there is no more than ``held``."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("", {"language": language}, {}, [], False, None, {}, "")
    tell_data(dispatcher, tracker, {**NOTHING, **held})
    return [said["text"] for said in dispatcher.messages if said["text"]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Referrals to other places: 2. Text REFERRALS to see them."),
        ("es", "Referidos a otros lugares: 2. Escribe REFERIDOS para verlos."),
    ],
)
def test_referrals_are_counted(language: str, said: str) -> None:
    assert said in " ".join(tell(language, referrals=2))


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_only_what_is_there_is_told(language: str, name: str) -> None:
    nothing, told = " ".join(tell(language)), " ".join(tell(language, **{name: 37}))
    assert "37" in told and not any(sign.isdigit() for sign in nothing)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_is_longer_than_two_segments(language: str) -> None:
    texts = tell(language, **dict.fromkeys(COUNTED, 99))
    assert all(count_segments(render(Reply(text))).count <= 2 for text in texts)
