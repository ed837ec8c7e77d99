"""The journey a person is in, as the conversation's slots keep it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.turn import heard_entity
from actions.wishes import STARTS
from bot.flows.published import LiveContent
from bot.journeys.content import Journey, load_journeys
from bot.journeys.progress import Progress
from bot.settings import find_home

#: What the form's only slot holds when the person goes to something else, takes a break, or
#: has finished.
ASIDE, PAUSED, DONE = "aside", "paused", "done"


@dataclass(frozen=True)
class Running:
    """A journey and how far it is. ``waits``: the house has been asked and answers next."""

    journey: Journey
    progress: Progress
    waits: bool = False

    def events(self, *, step: str | None = None) -> list[SlotSet]:
        """The slots that keep it; ``step`` ends the form."""
        kept = {**self.progress.to_json(), "waits": self.waits}
        return [SlotSet("journey", kept), SlotSet("journey_step", step)]

    def moved(self, progress: Progress) -> list[SlotSet]:
        """The slots after a move; behind the last question the journey or its part is done."""
        return Running(self.journey, progress).events(step=DONE if progress.at is None else None)

    def asked_house(self) -> list[SlotSet]:
        """The slots while the house looks: nothing is said until it has answered."""
        return Running(self.journey, self.progress, waits=True).events()


def journeys() -> Mapping[str, Journey]:
    """Every journey of the content in use. Raises ``bot.journeys.errors.BadJourney``."""
    return _load(_content()() / "data" / "journeys")


@cache
def _content() -> LiveContent:
    return LiveContent(find_home(os.environ))


@lru_cache(maxsize=2)
def _load(folder: Path) -> Mapping[str, Journey]:
    return load_journeys(folder)


def find_running(tracker: Tracker) -> Running | None:
    """The journey that is going on; ``None`` without one that the content still has."""
    kept = tracker.get_slot("journey") or {}
    journey = journeys().get(kept.get("journey", ""))
    if journey is None:
        return None
    return Running(journey, Progress.from_json(kept), bool(kept.get("waits")))


def find_left(tracker: Tracker, name: str) -> Progress | None:
    """How far the person was in a journey that they left or finished in this conversation."""
    kept = (tracker.get_slot("left") or {}).get(name)
    return Progress.from_json(kept) if kept else None


def leave(tracker: Tracker, progress: Progress) -> list[SlotSet]:
    """Keep a journey's answers aside, so that it can be taken up again."""
    left = {**(tracker.get_slot("left") or {}), progress.journey: progress.to_json()}
    return [SlotSet("left", left), SlotSet("journey", None), SlotSet("journey_step", None)]


def drop(tracker: Tracker, name: str) -> list[SlotSet]:
    """Forget a journey's answers at once."""
    left = {one: kept for one, kept in (tracker.get_slot("left") or {}).items() if one != name}
    return [SlotSet("left", left or None), SlotSet("journey", None), SlotSet("journey_step", None)]


def wanted_journey(tracker: Tracker, intent: str) -> str | None:
    """The journey that a message asks for, by name or by what it says."""
    return heard_entity(tracker, "journey") or STARTS.get(intent)


def told(tracker: Tracker) -> dict[str, Any]:
    """What the house answers to what was asked of it in this turn."""
    return dict(tracker.get_slot("told") or {})
