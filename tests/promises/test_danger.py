"""Danger is answered at once with the emergency line, and a navigator is called."""

from __future__ import annotations

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone
from tests.promises.steps import STEPS, lead
from tests.records import Records

pytestmark = pytest.mark.stack

SAID = [
    ("hes got a gun", "danger", "en"),
    ("he is going to kill me", "danger", "en"),
    ("i want to kill myself", "suicide", "en"),
    ("cant breath he choked me", "medical", "en"),
    ("he hits my kids", "child", "en"),
    ("me quiere matar", "danger", "es"),
    ("me quiero morir", "suicide", "es"),
    ("mi padrastro me toca y tengo 13", "child", "es"),
]
LINES = {"danger": "911", "medical": "911", "suicide": "988", "child": "911"}


@pytest.mark.parametrize(("said", "kind", "language"), SAID)
def test_each_kind(stack: RunningHouse, phone: Phone, said: str, kind: str, language: str) -> None:
    (reply,) = phone.text(said)
    assert matches(reply, f"utter_care_{kind}", language)
    assert LINES[kind] in reply
    assert _called_for(stack, phone) == {kind}


@pytest.mark.parametrize("step", STEPS)
def test_at_any_step(stack: RunningHouse, phone: Phone, step: str) -> None:
    lead(phone, step)
    (reply,) = phone.text("he is breaking down my door with a knife")
    assert matches(reply, "utter_care_danger", "en")
    assert _called_for(stack, phone) == {"danger"}


def test_in_the_middle_of_a_flood(stack: RunningHouse, phone: Phone) -> None:
    for _ in range(40):
        phone.send("asdf")
    assert matches(phone.text("help he will kill me")[-1], "utter_care_danger", "en")


def _called_for(stack: RunningHouse, phone: Phone) -> set[str]:
    records = Records(stack.settings)
    marked = {row["marked_for"] for row in records.of("conversation", "sms", phone.number)}
    handoffs = records.of("handoff", "sms", phone.number)
    called = {reason for row in handoffs for reason in row["reasons"]}
    assert marked == called
    return called
