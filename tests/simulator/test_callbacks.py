"""The way of a text is reported as Twilio reports it: signed, in order, and until it is heard."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.wire.outcomes import Sent
from channels.twilio import Status, parse_status
from simulator.account import ACCOUNT_SID, NUMBER
from tests.house import wait_for
from tests.simulator.conftest import PERSON, TOKEN, Send
from tests.simulator.receiver import Receiver


def test_sent_and_delivered_are_reported_to_the_address_that_was_given(
    send: Send, receiver: Receiver
) -> None:
    outcome = send("Hello")
    assert isinstance(outcome, Sent)
    for state in ("sent", "delivered"):
        news = receiver.next()
        assert news.url == f"{receiver.url}/twilio/status/{PERSON}"
        assert parse_status(news.form) == Status(outcome.provider_id, state, None)


def test_each_report_is_signed_for_its_address(send: Send, receiver: Receiver) -> None:
    send("Hello")
    for _ in range(2):
        news = receiver.next()
        assert RequestValidator(TOKEN).validate(news.url, news.form, news.signature)
        assert not RequestValidator("f" * 32).validate(news.url, news.form, news.signature)
        assert not RequestValidator(TOKEN).validate(news.url + "1", news.form, news.signature)


def test_a_report_has_the_fields_of_twilio_and_no_words(send: Send, receiver: Receiver) -> None:
    send("Hello")
    form = receiver.next().form
    assert form == {
        "AccountSid": ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "From": NUMBER,
        "MessageSid": form["MessageSid"],
        "MessageStatus": "sent",
        "SmsSid": form["MessageSid"],
        "SmsStatus": "sent",
        "To": PERSON,
    }


@pytest.mark.parametrize("status", [500, 503])
def test_a_report_that_was_not_heard_is_repeated(
    send: Send, receiver: Receiver, status: int
) -> None:
    receiver.answers.append(status)
    send("Hello")
    first, again, last = receiver.next(), receiver.next(), receiver.next()
    assert first == again
    assert [n.form["MessageStatus"] for n in (first, last)] == ["sent", "delivered"]


@pytest.mark.parametrize("status", [204, 403, 404])
def test_a_report_that_was_heard_or_refused_is_not_repeated(
    send: Send, receiver: Receiver, status: int
) -> None:
    receiver.answers.append(status)
    send("Hello")
    states = [receiver.next().form["MessageStatus"] for _ in range(2)]
    assert states == ["sent", "delivered"]


def test_nobody_is_told_who_did_not_ask(send: Send, official: Client, receiver: Receiver) -> None:
    unasked = official.messages.create(to=PERSON, from_=NUMBER, body="Hello")
    send("Hello")
    told = {receiver.next().form["MessageSid"] for _ in range(2)}
    assert unasked.sid not in told
    assert receiver.is_empty()


def test_a_text_that_was_refused_has_no_way_to_report(send: Send, receiver: Receiver) -> None:
    send("Hello", number="nobody")
    send("Hello")
    assert receiver.next().url.endswith(PERSON)


def test_the_list_shows_the_end_of_the_way(send: Send, official: Client) -> None:
    send("Hello")
    wait_for(lambda: official.messages.list(to=PERSON)[0].status == "delivered", "the delivery")
