"""Handoffs to people: why they are called, what is urgent, and how a handoff may end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from bot.care.kinds import DANGERS

#: The engine's own names for danger begin with this. It may be mistaken; people look anyway.
_HEARD_DANGER = "danger_"
#: Answers to the check-in that worry.
CHECK_IN = "check_in"
#: The person asked for a human.
HUMAN = "human"
#: The bot did not understand, again and again.
MISUNDERSTOOD = "misunderstood"

#: What a content note says of a reason before the conversation is opened.
_TOPICS = {
    "danger": "violence",
    "danger_violence": "violence",
    "danger_harm_others": "violence",
    "danger_captive": "captivity",
    "medical": "injury",
    "danger_medical": "injury",
    "suicide": "suicide",
    "danger_suicide": "suicide",
    CHECK_IN: "suicide",
    "child": "children",
    "danger_child": "children",
}


class Choice(Enum):
    """How the person wants to be heard. The values are those of the table."""

    OPEN = ""
    """Not chosen yet, or called by danger alone."""

    NOW = "now"
    """To talk as soon as somebody is free."""

    MESSAGE = "message"
    """To leave a message for the team."""


class Ending(Enum):
    """How a handoff ended."""

    RETURNED = "returned"
    """The navigator gave the conversation back to the bot."""

    EXIT = "exit"
    """The person left: EXIT, STOP, FORGET ME or the end of the time that talks are kept."""

    SILENT = "silent"
    """Nobody answered in time, and the bot took the thread up again."""

    ANSWERED = "answered"
    """A message that was left has been dealt with."""

    WITHDRAWN = "withdrawn"
    """The person no longer wanted to talk with somebody."""


def is_danger(reason: str) -> bool:
    """Whether ``reason`` goes before everybody who merely waits."""
    dangers = {kind.value for kind in DANGERS} | {CHECK_IN}
    return reason in dangers or reason.startswith(_HEARD_DANGER)


def find_topics(reasons: Iterable[str]) -> list[str]:
    """What these reasons may confront a navigator with, as fixed words in their order."""
    return sorted({_TOPICS[reason] for reason in reasons if reason in _TOPICS})
