"""EXIT ends everything at once; at most one neutral line is sent."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.promises.steps import STEPS, lead
from tests.records import Records
from tests.visitor import Visitor, find_token, seconds_to_silence

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
    assert visitor.leave().status_code == 204
    wait_until_quiet(stack.settings)
    assert Records(stack.settings).of("conversation", "web", visitor.token) == []


@pytest.mark.parametrize("said", SPELLINGS)
def test_word_on_the_page_ends_it_and_the_page_leaves(stack: RunningHouse, said: str) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    answer = visitor.post({"id": str(uuid.uuid4()), "text": said})
    assert answer.json() == {"leave": True}
    assert visitor.http.get("/chat/events").status_code == 410
    wait_until_quiet(stack.settings)
    assert Records(stack.settings).of("conversation", "web", visitor.token) == []


def test_token_of_an_ended_session_opens_nothing(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    visitor.leave()
    assert visitor.post({"id": str(uuid.uuid4()), "text": "hi"}).status_code == 410
    assert visitor.http.get("/chat/events").status_code == 410
    assert visitor.http.post("/chat/remember").status_code == 410
    form = {"session": visitor.token, "id": str(uuid.uuid4()), "text": "hi", "after": "0"}
    page = visitor.http.post("/", data=form).text
    assert find_token(page) != visitor.token
    assert "<li>" not in page and "<li " not in page
    assert visitor.leave().status_code == 204  # leaving twice does no harm
    wait_until_quiet(stack.settings)
    assert Records(stack.settings).of("conversation", "web", visitor.token) == []


def test_open_line_falls_silent_within_a_second(stack: RunningHouse) -> None:
    assert max(seconds_to_silence(stack.settings) for _ in range(10)) < 1


def test_message_that_races_with_the_exit_never_outlives_it(stack: RunningHouse) -> None:
    """Whichever comes first: nothing of the session is left, and nothing is answered after."""
    for _ in range(10):
        visitor = Visitor(stack.settings)
        visitor.say("hi")
        with ThreadPoolExecutor(8) as pool:
            said = [
                pool.submit(visitor.post, {"id": str(uuid.uuid4()), "text": "yes"})
                for _ in range(6)
            ]
            left = pool.submit(visitor.leave)
        assert left.result().status_code == 204
        assert {answer.result().status_code for answer in said} <= {202, 410}
        wait_until_quiet(stack.settings)
        assert Records(stack.settings).of("conversation", "web", visitor.token) == []


def _traces(stack: RunningHouse, phone: Phone) -> str:
    """Words that are left, and that a conversation is left at all."""
    records = Records(stack.settings)
    left = records.of("conversation", "sms", phone.number)
    return records.opened("sms", phone.number) + ("a conversation" if left else "")
