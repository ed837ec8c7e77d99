"""The newest word about a slot counts, wherever the snapshot keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.wire.snapshots import find_slot_value

LISTEN = {"event": "action", "name": "action_listen"}
#: The engine leaves out a value that is empty.
EMPTIED = {"event": "slot", "name": "left"}


def _set(value: object, name: str = "left") -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


@pytest.mark.parametrize(
    ("slots", "events", "value"),
    [
        ({}, [], None),
        ({"left": {"a": 1}}, [], {"a": 1}),
        ({"left": 1}, [LISTEN, _set(2), LISTEN, _set(3)], 3),
        ({}, [_set(2), LISTEN], 2),
        ({"left": 1}, [_set(2, name="other")], 1),
        ({"left": 1}, [{"event": "active_loop", "name": "left"}], 1),
        ({"left": 1}, [_set(2), EMPTIED], None),
        ({"left": 1}, [EMPTIED, _set(False)], False),
    ],
)
def test_newest_word_counts(slots: dict[str, Any], events: list[Any], value: object) -> None:
    snapshot = {"version": 1, "slots": slots, "loop": None, "events": events}
    assert find_slot_value(snapshot, "left") == value
