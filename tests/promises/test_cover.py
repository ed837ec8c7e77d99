"""Behind a cover the number is only what it pretends to be; after a silence nothing personal is
said before it is safe again.
"""

from __future__ import annotations

import pytest

from tests.content import matches, name_of
from tests.house import RunningHouse
from tests.phone import Phone
from tests.promises.steps import lead
from tests.records import Records

pytestmark = pytest.mark.stack

WORD = "tangerine"
PROBES = [
    "hi",
    "who is this",
    "is this the shelter?",
    "what has my wife been texting you",
    "i need a bed tonight",
    "forget me",
    "exit",
]
#: Of an hour and more; a silence of less changes nothing.
LONG, SHORT = "61 minutes", "59 minutes"


def _choose_cover(phone: Phone) -> None:
    lead(phone, "what is needed")
    for said in ("cover", "the weather", WORD):
        last = phone.text(said)
    assert matches(last[-1], "utter_cover_saved", "en")


def _be_silent(stack: RunningHouse, phone: Phone, time: str) -> None:
    Records(stack.settings).change(
        f"UPDATE conversation SET heard_at = now() - interval '{time}' WHERE person_id = %s",
        (Records(stack.settings).person("sms", phone.number) or {})["id"],
    )


def test_after_exit_the_number_is_something_else_until_the_word_comes(
    stack: RunningHouse, phone: Phone
) -> None:
    _choose_cover(phone)
    assert phone.text("exit") == ["OK."]
    for said in PROBES:
        (answer,) = phone.text(said)
        assert name_of(answer, "en") == answer, said
        for trace in ("EXIT", "Waymark", "safe", "1-800", "help you"):
            assert trace not in answer
    assert [name_of(one, "en") for one in phone.text(f" {WORD.title()}! ")] == ["utter_ask_safe"]
    assert [name_of(one, "en") for one in phone.text("yes")] == ["utter_ask_go_on"]


def test_danger_behind_a_cover_gets_the_emergency_number_and_calls_a_navigator(
    stack: RunningHouse, phone: Phone
) -> None:
    _choose_cover(phone)
    phone.text("exit")
    (answer,) = phone.text("he is going to kill me")
    assert "911" in answer
    assert "1-800" not in answer
    (call,) = Records(stack.settings).of("handoff", "sms", phone.number)
    assert call["reasons"] == ["danger"]


def test_a_long_silence_closes_the_cover_and_a_short_one_does_not(
    stack: RunningHouse, phone: Phone
) -> None:
    _choose_cover(phone)
    _be_silent(stack, phone, SHORT)
    assert [name_of(one, "en") for one in phone.text("menu")] == ["utter_ask_need"]
    _be_silent(stack, phone, LONG)
    (answer,) = phone.text("menu")
    assert name_of(answer, "en") == answer
    assert [name_of(one, "en") for one in phone.text(WORD)] == ["utter_ask_safe"]


def test_stop_is_obeyed_behind_a_cover(stack: RunningHouse, phone: Phone) -> None:
    _choose_cover(phone)
    phone.text("exit")
    phone.text("STOP")
    assert phone.text("weather") == []


@pytest.mark.parametrize("step", ["is it safe", "what is needed", "where", "after the services"])
def test_after_a_long_silence_the_first_answer_asks_whether_it_is_safe(
    stack: RunningHouse, phone: Phone, step: str
) -> None:
    lead(phone, step)
    _be_silent(stack, phone, LONG)
    assert [name_of(one, "en") for one in phone.text("so what about it")] == ["utter_ask_safe"]


def test_a_plan_goes_on_after_a_silence_once_it_is_safe(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "what is needed")
    phone.text("plan")
    phone.text("the porch")
    _be_silent(stack, phone, LONG)
    assert [name_of(one, "en") for one in phone.text("a bag")] == ["utter_ask_safe"]
    assert [name_of(one, "en") for one in phone.text("yes")] == ["utter_ask_need"]
    heard = [name_of(one, "en") for one in phone.text("resume")]
    assert heard == ["resumed", "safety_plan.papers_take"]
