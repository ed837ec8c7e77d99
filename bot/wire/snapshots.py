"""Looking into the engine's snapshot of a conversation, without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The slot that a journey's form asks for, whatever the question is.
JOURNEY_STEP = "journey_step"


def find_open_step(snapshot: Mapping[str, Any]) -> str:
    """The question that is open, such as ``need``, or ``safety_plan/now_signs`` in a journey;
    empty without one.
    """
    loops = [event.get("name") for event in snapshot["events"] if event["event"] == "active_loop"]
    if not (loops[-1] if loops else snapshot["loop"]):
        return ""
    asked = str(find_slot_value(snapshot, "requested_slot") or "")
    journey = find_slot_value(snapshot, "journey")
    if asked != JOURNEY_STEP or not journey:
        return asked
    return f"{journey['journey']}/{journey['at'] or ''}"


def find_slot_value(snapshot: Mapping[str, Any], name: str) -> Any:
    """What the slot ``name`` holds, a plain JSON value; ``None`` when it is empty or unknown.

    ``slots`` holds what was true before the window of recent events; the newest event that sets
    the slot wins. The engine leaves an empty value out: an event without one empties the slot.
    """
    since = [
        event for event in snapshot["events"] if event["event"] == "slot" and event["name"] == name
    ]
    return since[-1].get("value") if since else snapshot["slots"].get(name)


def read_slots(snapshot: Mapping[str, Any] | None) -> dict[str, Any]:
    """Every slot that holds something, by name."""
    if snapshot is None:
        return {}
    since = {one["name"]: one.get("value") for one in snapshot["events"] if one["event"] == "slot"}
    slots = {**snapshot["slots"], **since}
    return {name: value for name, value in slots.items() if value is not None}
