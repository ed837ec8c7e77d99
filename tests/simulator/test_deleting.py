"""What is deleted at Twilio is gone from its list, and stays on the phone."""

from __future__ import annotations

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.carrier import Carrier
from tests.house import wait_for
from tests.simulator.conftest import PERSON, Send
from tests.simulator.receiver import Receiver


def refusal(official: Client, sid: str) -> tuple[int, int]:
    """The status and the code that a deletion is refused with."""
    with pytest.raises(TwilioRestException) as refused:
        official.messages(sid).delete()
    return refused.value.status, refused.value.code


def test_a_message_can_be_deleted_once(send: Send, official: Client, carrier: Carrier) -> None:
    send("Hello")
    [message] = carrier.messages
    wait_for(lambda: message.status == "delivered", "the delivery")
    assert official.messages(message.sid).delete()
    assert official.messages.list() == []
    assert refusal(official, message.sid) == (404, 20404)
    assert [message.body for message in carrier.messages] == ["Hello"]


@pytest.mark.parametrize("status", ["queued", "sending"])
def test_a_message_on_its_way_cannot(
    send: Send, official: Client, carrier: Carrier, status: str
) -> None:
    send("Hello")
    [message] = carrier.messages
    wait_for(lambda: message.status == "delivered", "the delivery")
    message.status = status
    assert refusal(official, message.sid) == (409, 20009)
    assert len(official.messages.list()) == 1


def test_what_a_person_wrote_can_be_deleted_too(
    page: httpx.Client, official: Client, receiver: Receiver
) -> None:
    page.post("/texts", json={"number": PERSON, "body": "Hello"})
    sid = receiver.next().form["MessageSid"]
    assert [message.direction for message in official.messages.list()] == ["inbound"]
    official.messages(sid).delete()
    assert official.messages.list() == []


def test_there_is_nothing_to_delete_under_another_name(official: Client) -> None:
    assert refusal(official, "SM" + "1" * 32) == (404, 20404)
