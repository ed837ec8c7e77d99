"""EXIT ends everything at once; at most one neutral line is sent."""

from __future__ import annotations

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.promises.steps import STEPS, lead
from tests.records import Records
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

SPELLINGS = ["EXIT", "exit!!", " Exit. ", "SALIR", "¡salir!", "0", "(0)", "weather", "Clima?"]


@pytest.mark.parametrize("said", SPELLINGS)
def test_ends_in_any_spelling(stack: RunningHouse, phone: Phone, said: str) -> None:
    lead(phone, "remember")
    assert phone.text(said) == ["OK."]
    assert _traces(stack, phone) == ""


@pytest.mark.parametrize("step", STEPS)
def test_ends_at_any_step(stack: RunningHouse, phone: Phone, step: str) -> None:
    lead(phone, step)
    assert phone.text("exit") == ["OK."]
    assert _traces(stack, phone) == ""
    (first,) = phone.text("hi")
    assert matches(first, "utter_ask_safe", "en")


def test_consents_end_too(stack: RunningHouse, phone: Phone) -> None:
    records = Records(stack.settings)
    lead(phone, "remember")
    phone.text("keep them")
    assert records.of("consent", "sms", phone.number)
    phone.text("exit")
    assert records.of("consent", "sms", phone.number) == []


def test_button_of_the_page_ends_it(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    token = visitor.token
    assert visitor.http.post("/chat/exit").status_code == 204
    assert "chat" not in visitor.http.cookies
    wait_until_quiet(stack.settings)
    assert Records(stack.settings).of("conversation", "web", token) == []


def _traces(stack: RunningHouse, phone: Phone) -> str:
    """Words that are left, and that a conversation is left at all."""
    records = Records(stack.settings)
    left = records.of("conversation", "sms", phone.number)
    return records.opened("sms", phone.number) + ("a conversation" if left else "")
