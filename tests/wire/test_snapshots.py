"""The newest word about a slot counts, wherever the snapshot keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.wire.snapshots import find_open_step, find_slot_value

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


PLAN = {"journey": "safety_plan", "at": "now_signs"}


@pytest.mark.parametrize(
    ("slots", "loop", "events", "step"),
    [
        ({}, None, [], ""),
        ({"requested_slot": "need"}, "help_form", [], "need"),
        ({"requested_slot": "need"}, None, [], ""),
        ({"requested_slot": "need"}, "help_form", [{"event": "active_loop"}], ""),
        ({}, None, [{"event": "active_loop", "name": "help_form"},
                    _set("place", name="requested_slot")], "place"),
        ({"requested_slot": "journey_step", "journey": PLAN}, "journey_form", [],
         "safety_plan/now_signs"),
        ({"requested_slot": "journey_step", "journey": {**PLAN, "at": None}}, "journey_form", [],
         "safety_plan/"),
        ({"requested_slot": "journey_step"}, "journey_form", [], "journey_step"),
    ],
)  # fmt: skip
def test_the_open_question_has_a_name(
    slots: dict[str, Any], loop: str | None, events: list[Any], step: str
) -> None:
    snapshot = {"version": 1, "slots": slots, "loop": loop, "events": events}
    assert find_open_step(snapshot) == step
