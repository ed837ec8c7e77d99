"""The first reply asks whether it is safe to talk, says what this is, and how to leave."""

from __future__ import annotations

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

FIRST_IN_ENGLISH = [
    "hi",
    "i need a lawyer",
    "97999",
    "more",
    "yes",
    "2",
    "😀",
    "details 1",
    "/more",
]
FIRST_IN_SPANISH = ["hola", "necesito ayuda con mis hijos", "dónde hay comida"]


@pytest.mark.parametrize("first", FIRST_IN_ENGLISH)
def test_english(phone: Phone, first: str) -> None:
    (reply,) = phone.text(first)
    assert matches(reply, "utter_ask_safe", "en")
    assert "safe" in reply and "automated" in reply and "EXIT" in reply


@pytest.mark.parametrize("first", FIRST_IN_SPANISH)
def test_spanish(phone: Phone, first: str) -> None:
    (reply,) = phone.text(first)
    assert matches(reply, "utter_ask_safe", "es")
    assert "peligro" in reply and "automatico" in reply and "SALIR" in reply


def test_on_the_web(stack: RunningHouse) -> None:
    (reply,) = Visitor(stack.settings).say("i need a bed")
    assert matches(reply["text"], "utter_ask_safe", "en")
    assert [option["title"] for option in reply["options"]] == ["Yes, it is safe", "Not now"]
