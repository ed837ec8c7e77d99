"""The snapshot: all that the engine must know to go on with a conversation.

A snapshot holds what was true before a short window of recent turns (slots and
the active form) and the events of that window without the person's words. The
policies look no further back than the window, so the same answers follow as
from the full history; a test runs every conversation both ways to prove it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

VERSION = 1

#: Turns of a person kept as events; at least the ``max_history`` of the policies.
WINDOW = 3

_UNKEPT = {
    "timestamp",
    "metadata",
    "text",
    "parse_data",
    "input_channel",
    "message_id",
    "model_id",
    "assistant_id",
}


class SnapshotVersionError(ValueError):
    """The snapshot was written by another version of the engine."""


def encode(
    tracker: DialogueStateTracker, domain: Domain, given: Collection[str] = ()
) -> dict[str, Any]:
    """The snapshot of ``tracker``: plain JSON values, a few kilobytes at most.

    Slots named in ``given`` come anew with every turn and are left out.
    """
    events = list(tracker.events)
    start = _window_start(events, _window())
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:start], domain.slots)
    return {
        "version": VERSION,
        "slots": {k: v for k, v in _changed_slots(before, domain).items() if k not in given},
        "loop": before.active_loop_name,
        "events": [_written(event) for event in events[start:] if _matters(event, given)],
    }


def decode(snapshot: Mapping[str, Any] | None) -> list[Event]:
    """The events that bring a fresh tracker to where ``snapshot`` was taken.

    Raises :class:`SnapshotVersionError` for a snapshot this engine cannot read.
    """
    if snapshot is None:
        return [ActionExecuted(ACTION_LISTEN_NAME)]
    if snapshot.get("version") != VERSION:
        raise SnapshotVersionError
    slots: list[Event] = [SlotSet(name, value) for name, value in snapshot["slots"].items()]
    loop: list[Event] = [ActiveLoop(snapshot["loop"])] if snapshot["loop"] else []
    window = [Event.from_parameters(dict(event)) for event in snapshot["events"]]
    return [*slots, *loop, *filter(None, window)]


def _window() -> int | None:
    """How many turns to keep; the differential test asks for all of them."""
    return None if os.environ.get("WAYMARK_ENGINE_HISTORY") == "full" else WINDOW


def _window_start(events: list[Event], turns: int | None) -> int:
    """Where the last ``turns`` turns begin: at the listening before the first of them."""
    said = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if turns is None or len(said) <= turns:
        return 0
    listening = (i for i in range(said[-turns], -1, -1) if _is_listening(events[i]))
    return next(listening, 0)


def _is_listening(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _changed_slots(tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    initial = {slot.name: slot.initial_value for slot in domain.slots}
    return {
        name: slot.value for name, slot in tracker.slots.items() if slot.value != initial.get(name)
    }


def _matters(event: Event, given: Collection[str]) -> bool:
    if isinstance(event, SlotSet):
        return event.key not in given
    return not isinstance(event, (BotUttered, DefinePrevUserUtteredFeaturization))


def _written(event: Event) -> dict[str, Any]:
    written = {k: v for k, v in event.as_dict().items() if k not in _UNKEPT and v is not None}
    if isinstance(event, UserUttered):
        written["parse_data"] = {
            "intent": {"name": None, "confidence": 1.0},
            "entities": _shapes(event.entities),
            "text": "",
        }
        written["text"] = ""
    return written


def _shapes(entities: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Which kinds of entity a message held; their values live in slots alone."""
    return [{"entity": str(entity["entity"]), "value": ""} for entity in entities]
