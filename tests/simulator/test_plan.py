"""The simulator can be told to be slow, to fail, and to lose its answers."""

from __future__ import annotations

import time

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from bot.wire.outcomes import Later, Sent
from simulator.account import NUMBER
from simulator.carrier import Carrier
from tests.house import wait_for
from tests.simulator.conftest import PERSON, Send
from tests.simulator.receiver import Receiver


def tell(page: httpx.Client, plan: dict[str, object], **more: object) -> None:
    """Tell a simulator what to do, as a test of another process can."""
    assert page.put("/plan", json={"plan": plan, **more}).status_code == 204


def test_a_lost_answer_is_of_a_text_that_was_taken(
    page: httpx.Client, send: Send, carrier: Carrier, receiver: Receiver
) -> None:
    tell(page, {"lost_answers": 1})
    assert send("Hello") == Later("unreachable", unsure=True)
    [taken] = carrier.messages
    assert receiver.next().form["MessageSid"] == taken.sid  # the callback still comes
    assert isinstance(send("Hello"), Sent)


def test_a_slow_answer_comes_late_and_is_right(page: httpx.Client, send: Send) -> None:
    tell(page, {"slow": 0.3})
    began = time.monotonic()
    assert isinstance(send("Hello"), Sent)
    assert time.monotonic() - began >= 0.3


def test_a_text_may_fail_on_its_way(page: httpx.Client, send: Send, receiver: Receiver) -> None:
    tell(page, {"undelivered": [30005]})
    assert isinstance(send("Hello"), Sent)
    first, last = receiver.next().form, receiver.next().form
    assert (first["MessageStatus"], first.get("ErrorCode")) == ("sent", None)
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", "30005")


def test_speed_is_measured_in_segments(page: httpx.Client, official: Client) -> None:
    tell(page, {"per_second": 3})
    official.messages.create(to=PERSON, from_=NUMBER, body="a" * 300)
    official.messages.create(to=PERSON, from_=NUMBER, body="a")
    with pytest.raises(TwilioRestException) as refused:
        official.messages.create(to=PERSON, from_=NUMBER, body="a")
    assert (refused.value.status, refused.value.code) == (429, 20429)
    wait_for(lambda: is_taken(official), "the next second", seconds=3)


def is_taken(official: Client) -> bool:
    """Whether one more text is taken."""
    try:
        return bool(official.messages.create(to=PERSON, from_=NUMBER, body="a").sid)
    except TwilioRestException:
        return False


def test_a_new_plan_takes_the_place_of_the_old_one(page: httpx.Client, send: Send) -> None:
    tell(page, {"next_statuses": [503, 503]})
    assert send("Hello") == Later("unavailable", unsure=True)
    tell(page, {})
    assert isinstance(send("Hello"), Sent)


@pytest.mark.parametrize("plan", [{"slow": "long"}, {"lost_answers": None}, {"too_fast": "x"}])
def test_a_plan_that_means_nothing_is_refused(page: httpx.Client, plan: dict[str, object]) -> None:
    assert page.put("/plan", json={"plan": plan}).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind"),
    [("stop", "STOP"), ("START", "START"), ("info", "HELP"), ("stop please", None)],
)
def test_advanced_opt_out_says_what_it_did(
    page: httpx.Client, receiver: Receiver, body: str, kind: str | None
) -> None:
    text = {"number": PERSON, "body": body}
    page.post("/texts", json=text)
    assert "OptOutType" not in receiver.next().form
    tell(page, {"advanced_opt_out": True})
    page.post("/texts", json=text)
    assert receiver.next().form.get("OptOutType") == kind
