"""Looking into the engine's snapshot of a conversation, without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def find_slot_value(snapshot: Mapping[str, Any], name: str) -> Any:
    """What the slot ``name`` holds, a plain JSON value; ``None`` when it is empty or unknown.

    ``slots`` holds what was true before the window of recent events; the newest event that sets
    the slot wins. The engine leaves an empty value out: an event without one empties the slot.
    """
    since = [
        event for event in snapshot["events"] if event["event"] == "slot" and event["name"] == name
    ]
    return since[-1].get("value") if since else snapshot["slots"].get(name)
