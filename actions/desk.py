"""What is said of the team's desk: whether somebody is there, the wait, when they are back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.journeys import told
from actions.phrases import desk_phrases
from actions.when import local_when


def find_desk(tracker: Tracker) -> Mapping[str, Any]:
    """What the house tells of the desk in this turn; an empty desk when it tells nothing."""
    desk: Mapping[str, Any] = told(tracker).get("desk") or {}
    return desk


def say_wait(desk: Mapping[str, Any], spoken: str) -> str:
    """One or two short sentences on the wait, from real figures or none at all."""
    say = desk_phrases(spoken)
    if not desk.get("open"):
        return f"{say.say('wait_closed')} {say_opening(desk, spoken)}"
    ahead, minutes = desk.get("ahead") or 0, desk.get("minutes")
    place = say.say("wait_ahead", ahead=ahead) if ahead else say.say("wait_next")
    if minutes is None:
        return f"{place} {say.say('wait_unknown')}"
    return f"{place} {say.say('wait_minutes', minutes=minutes)}"


def say_opening(desk: Mapping[str, Any], spoken: str) -> str:
    """When the team is back, as far as the site says so."""
    say, opens = desk_phrases(spoken), desk.get("opens")
    if not opens:
        return say.say("opens_unknown")
    return say.say("opens", when=local_when(str(opens), spoken))
