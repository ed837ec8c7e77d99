"""The phone's texts reach the gateway as Twilio would bring them."""

from __future__ import annotations

import httpx
import pytest
from twilio.request_validator import RequestValidator

from bot.wire.inbound import Inbound
from channels.twilio import parse
from simulator.account import ACCOUNT_SID, NUMBER
from simulator.carrier import Carrier
from tests.simulator.conftest import PERSON, TOKEN
from tests.simulator.receiver import Receiver


def text(page: httpx.Client, body: str = "Hello", **more: object) -> int:
    """Type a text on the page; the status of the answer."""
    return page.post("/texts", json={"number": PERSON, "body": body, **more}).status_code


def test_a_text_is_brought_with_the_fields_of_twilio(
    page: httpx.Client, receiver: Receiver
) -> None:
    assert text(page, "Is anyone there?") == 202
    brought = receiver.next()
    sid = brought.form["MessageSid"]
    assert brought.url == f"{receiver.url}/twilio/inbound"
    assert brought.form == {
        "AccountSid": ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "Body": "Is anyone there?",
        "From": PERSON,
        "FromCountry": "US",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": NUMBER,
        "ToCountry": "US",
    }


def test_a_text_is_signed_for_the_gateway(page: httpx.Client, receiver: Receiver) -> None:
    text(page)
    brought = receiver.next()
    assert RequestValidator(TOKEN).validate(brought.url, brought.form, brought.signature)
    changed = {**brought.form, "Body": "Other"}
    assert not RequestValidator(TOKEN).validate(brought.url, changed, brought.signature)


@pytest.mark.parametrize(
    "body", ["", " ", "a+b=c & 100%", "😀\n你好", "\0", "\\ud83d", "x" * 20_000]
)
def test_whatever_is_typed_is_signed_and_brought_unchanged(
    page: httpx.Client, receiver: Receiver, body: str
) -> None:
    assert text(page, body) == 202
    brought = receiver.next()
    assert brought.form["Body"] == body
    assert RequestValidator(TOKEN).validate(brought.url, brought.form, brought.signature)


def test_the_channel_reads_a_text_of_the_phone(page: httpx.Client, receiver: Receiver) -> None:
    text(page, "Is anyone there?", media=3)
    form = receiver.next().form
    sid = form["MessageSid"]
    words = "Is anyone there?"
    assert parse(form) == Inbound("sms", sid, PERSON, words, media_count=3, place_in_chat=sid)


def test_two_texts_have_two_ids(page: httpx.Client, receiver: Receiver) -> None:
    text(page)
    text(page)
    assert receiver.next().form["MessageSid"] != receiver.next().form["MessageSid"]


@pytest.mark.parametrize(
    "number",
    [
        "",
        "15035550142",
        "5035550142",
        "+1503555014",
        "+150355501420",
        "+15035550242",
        "+12125550142",
        "whatsapp:+12125550142",
        "whatsapp:",
        "+150355501٤٢",
        "+15035550142\n",
        "988",
    ],
)
def test_a_number_that_might_be_somebodys_is_refused(
    page: httpx.Client, carrier: Carrier, receiver: Receiver, number: str
) -> None:
    assert text(page, number=number) == 400
    assert not carrier.messages
    assert receiver.is_empty()


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "whatsapp:+15035550142000000"},
        {"number": None},
        {"body": None},
        {"body": "x" * 20_001},
        {"media": -1},
        {"media": 11},
    ],
)
def test_what_no_phone_sends_is_refused(
    page: httpx.Client, carrier: Carrier, changed: dict[str, object]
) -> None:
    assert page.post("/texts", json={"number": PERSON, "body": "x", **changed}).status_code == 422
    assert not carrier.messages


def test_a_text_that_the_gateway_refuses_is_shown_as_failed(
    page: httpx.Client, carrier: Carrier, receiver: Receiver
) -> None:
    receiver.answers.append(403)
    assert text(page) == 502
    assert [message.status for message in carrier.messages] == ["failed"]


def test_a_text_is_brought_again_until_the_gateway_takes_it(
    page: httpx.Client, carrier: Carrier, receiver: Receiver
) -> None:
    receiver.answers.append(503)
    assert text(page) == 202
    assert receiver.next() == receiver.next()
    assert [message.status for message in carrier.messages] == ["delivered"]
