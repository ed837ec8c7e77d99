"""No JSON breaks the channel, however much it looks like an update."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from channels import telegram
from channels.errors import NotAMessage
from tests.channels import telegram_updates as recorded
from tests.channels.telegram_updates import body

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "type", "chat", "date", "text"]), inner)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
RECORDED = [
    recorded.written("hi"),
    recorded.written("/start"),
    recorded.pressed(),
    *recorded.WORDLESS.values(),
    *recorded.NO_MESSAGES.values(),
]


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside ``value``."""
    if isinstance(value, dict):
        inner = list(value.items())
    else:
        inner = list(enumerate(value)) if isinstance(value, list) else []
    return [
        path for name, part in inner for path in ((*before, name), *paths(part, (*before, name)))
    ]


PLACES = [(number, path) for number, found in enumerate(RECORDED) for path in paths(found)]


def read(raw: bytes) -> None:
    """Read ``raw`` in both ways. Whatever is taken must be fit to be stored and sent."""
    with contextlib.suppress(NotAMessage):
        message = telegram.parse(raw)
        assert message.provider_id.isdecimal() and message.untrusted_address.isdecimal()
        assert "\0" not in message.untrusted_text
        message.untrusted_text.encode()
    if call := telegram.decide_call(raw):
        json.dumps(call, ensure_ascii=False).encode()


@given(st.binary())
def test_no_bytes_break_the_channel(raw: bytes) -> None:
    read(raw)


@given(VALUES)
def test_no_value_breaks_the_channel(value: Any) -> None:
    read(body(value))
    read(body({"update_id": value, "message": value, "callback_query": value}))


@given(st.sampled_from(PLACES), VALUES)
@settings(max_examples=1500, deadline=None)
def test_no_change_to_an_update_breaks_the_channel(
    place: tuple[int, tuple[Any, ...]], value: Any
) -> None:
    number, path = place
    changed = copy.deepcopy(RECORDED[number])
    inner: Any = changed
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    read(body(changed))


@given(st.sampled_from(PLACES))
@settings(max_examples=500, deadline=None)
def test_no_missing_field_breaks_the_channel(place: tuple[int, tuple[Any, ...]]) -> None:
    number, path = place
    changed = copy.deepcopy(RECORDED[number])
    inner: Any = changed
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    read(body(changed))


@given(st.text())
def test_what_is_typed_can_be_stored(text: str) -> None:
    read(body(recorded.written(text)))
    read(body(recorded.pressed(text)))
