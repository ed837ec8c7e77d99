"""After a crash the worker asks what was taken: a wrong answer repeats or loses a text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Twilio
from bot.site_channels import TextOptions
from bot.wire.outcomes import Outcome
from bot.wire.turns import Option, Reply
from simulator.account import NUMBER
from simulator.carrier import Carrier, Message
from tests.simulator.conftest import PERSON, Send
from worker.twilio_sender import TwilioSender

WORDS = "Is it safe to talk?"
OTHER_PERSON = "+15035550143"

Find = Callable[..., list[str]]


@pytest.fixture
def find(settings: Twilio) -> Find:
    """Ask as the worker does: for a reply to a number, since two minutes ago."""

    def find(
        reply: Reply, number: str = PERSON, ago: timedelta = timedelta(minutes=2)
    ) -> list[str]:
        since = datetime.now(UTC) - ago
        sender = TwilioSender(settings, settings.sender, TextOptions("sms"))
        return asyncio.run(sender.find_sent(number, reply, since))

    return find


def test_a_text_that_was_taken_is_found_by_its_words(send: Send, find: Find) -> None:
    sent = send(WORDS)
    assert find(Reply(WORDS)) == [name(sent)]


def test_nothing_is_found_where_nothing_was_taken(find: Find) -> None:
    assert find(Reply(WORDS)) == []


@pytest.mark.parametrize("words", [WORDS + " ", WORDS[:-1], WORDS.upper(), "Other", ""])
def test_only_equal_words_are_found(send: Send, find: Find, words: str) -> None:
    send(WORDS)
    assert find(Reply(words)) == []


def test_only_texts_to_the_same_number_are_found(send: Send, find: Find) -> None:
    send(WORDS)
    other = send(WORDS, number=OTHER_PERSON)
    assert find(Reply(WORDS), number=OTHER_PERSON) == [name(other)]


def test_every_equal_text_is_found_newest_first(send: Send, find: Find) -> None:
    first, second = send(WORDS), send(WORDS)
    assert find(Reply(WORDS)) == [name(second), name(first)]


def test_words_are_compared_as_they_were_sent(send: Send, find: Find) -> None:
    send("¿Está aquí…?\n1 Sí")
    assert len(find(Reply("¿Está aquí…?", (Option("Sí", "/yes"),)))) == 1


def test_an_older_text_is_another_one(carrier: Carrier, find: Find) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    old = Message(NUMBER, PERSON, WORDS, inbound=False, created_at=an_hour_ago)
    carrier.messages.append(old)
    assert find(Reply(WORDS)) == []
    assert find(Reply(WORDS), ago=timedelta(hours=2)) == [old.sid]


def test_what_the_person_wrote_is_not_taken_for_ours(carrier: Carrier, find: Find) -> None:
    carrier.messages.append(Message(PERSON, PERSON, WORDS, inbound=True))
    assert find(Reply(WORDS)) == []


def name(outcome: Outcome) -> str:
    """The vendor's name of a text that was sent."""
    return outcome.provider_id  # type: ignore[union-attr]
