"""The simulator takes what Twilio takes, as the worker's real sender hands it over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from twilio.rest import Client

from bot.settings import Twilio
from bot.wire.outcomes import Sent
from simulator.account import NUMBER
from tests.simulator.conftest import PERSON, Send


def test_a_good_text_is_taken_and_named(send: Send) -> None:
    outcome = send("Hello")
    assert isinstance(outcome, Sent)
    assert re.fullmatch(r"SM[0-9a-f]{32}", outcome.provider_id)


def test_equal_texts_are_two_messages_since_creating_one_is_not_idempotent(send: Send) -> None:
    assert send("Hello") != send("Hello")


def test_twilios_own_client_lists_what_was_taken(send: Send, official: Client) -> None:
    outcome = send("¿Está a salvo?")
    [message] = official.messages.list(to=PERSON)
    assert isinstance(outcome, Sent)
    assert (message.sid, message.body) == (outcome.provider_id, "¿Esta a salvo?")
    assert (message.from_, message.to) == (NUMBER, PERSON)
    assert (message.direction, message.num_segments) == ("outbound-api", "1")
    assert message.error_code is None
    assert abs(message.date_sent - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_list_is_of_one_number_and_newest_first(send: Send, official: Client) -> None:
    send("one")
    send("two")
    send("other", number="+15035550143")
    assert [message.body for message in official.messages.list(to=PERSON)] == ["two", "one"]
    assert len(official.messages.list()) == 3


def test_a_messaging_service_may_be_the_sender(
    send: Send, settings: Twilio, official: Client
) -> None:
    service = replace(settings, sender="MG" + "0" * 32)
    assert isinstance(send("Hello", settings=service), Sent)
    assert [message.from_ for message in official.messages.list(to=PERSON)] == [NUMBER]


def test_a_reply_of_any_length_arrives_as_far_as_twilio_takes_it(
    send: Send, official: Client
) -> None:
    assert isinstance(send("a" * 5000), Sent)
    [message] = official.messages.list(to=PERSON)
    assert message.body == "a" * 1600
    assert message.num_segments == "11"


def test_words_in_any_script_arrive_unchanged(send: Send, official: Client) -> None:
    words = 'a+b=c & 100% 😀 你好\n\\ "x" <b>'
    send(words)
    assert official.messages.list(to=PERSON)[0].body == words
