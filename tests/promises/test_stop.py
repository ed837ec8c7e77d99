"""STOP is obeyed at once and for good; START comes back to a fresh, empty conversation."""

from __future__ import annotations

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.promises.steps import STEPS, lead
from tests.records import Records

pytestmark = pytest.mark.stack

IN_WORDS = ["stop texting me", "dont text me anymore", "take me off your list", "ya no me escriban"]


@pytest.mark.parametrize("step", STEPS)
def test_carrier_word(stack: RunningHouse, phone: Phone, step: str) -> None:
    """The carrier answers STOP itself, so nothing comes from us."""
    lead(phone, step)
    assert phone.text("STOP", OptOutType="STOP") == []
    _assert_silent_and_empty(stack, phone)


@pytest.mark.parametrize("said", IN_WORDS)
def test_any_wording(stack: RunningHouse, phone: Phone, said: str) -> None:
    lead(phone, "where")
    (reply,) = phone.text(said)
    language = "es" if said.startswith("ya") else "en"
    assert matches(reply, "utter_care_opt_out", language)
    _assert_silent_and_empty(stack, phone)


def test_start_comes_back_fresh(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "where")
    phone.text("stop texting me")
    assert phone.text("97999") == []
    (reply,) = phone.text("START")
    assert matches(reply, "utter_care_started", "en")
    assert not Records(stack.settings).opted_out("sms", phone.number)
    assert matches(phone.text("97999")[0], "utter_ask_safe", "en")


def test_refusal_of_the_carrier_counts_as_stop(stack: RunningHouse) -> None:
    """The carrier heard STOP, and we hear of it by error 21610 only."""
    phone, records = Phone(stack.settings, "+15035550177"), Records(stack.settings)
    phone.tell_carrier("STOP")
    wait_until_quiet(stack.settings)
    records.query("DELETE FROM opt_out RETURNING pseudonym")
    phone.text("hi")
    assert records.opted_out("sms", phone.number)


def _assert_silent_and_empty(stack: RunningHouse, phone: Phone) -> None:
    records = Records(stack.settings)
    assert records.opted_out("sms", phone.number)
    assert records.of("conversation", "sms", phone.number) == []
    assert phone.text("hello") == []
    assert phone.text("are you there") == []
    assert records.opened("sms", phone.number) == ""
