"""The words that a carrier acts on by itself, before and after anything that we do."""

from __future__ import annotations

import httpx
import pytest

from bot.wire.outcomes import Sent, Stopped
from simulator.account import NUMBER
from simulator.carrier import MOST_MESSAGES, Carrier, Message
from tests.simulator.conftest import PERSON, Send
from tests.simulator.receiver import Receiver

# https://help.twilio.com/articles/223134027: the words for a long code in the United States.
STOP = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
START = ["START", "YES", "UNSTOP"]


def hear(carrier: Carrier, *words: str, sender: str = PERSON) -> None:
    """Take what a person texts."""
    for word in words:
        carrier.take(Message(sender, NUMBER, word, inbound=True))


@pytest.mark.parametrize("word", [*STOP, "stop", "Stop", " stop\n"])
def test_a_stop_word_stops_the_texts_to_its_sender_only(word: str) -> None:
    carrier = Carrier()
    hear(carrier, word)
    assert carrier.opted_out == {PERSON}


@pytest.mark.parametrize(
    "words",
    ["stop please", "stop.", "STOP STOP", "don't stop", "EXIT", "HELP", "INFO", "", "SALIR"],
)
def test_only_the_bare_word_counts(words: str) -> None:
    carrier = Carrier()
    hear(carrier, words)
    assert carrier.opted_out == set()


@pytest.mark.parametrize("word", [*START, "start", " Yes "])
def test_a_start_word_takes_a_stop_back(word: str) -> None:
    carrier = Carrier()
    hear(carrier, "STOP", word)
    assert carrier.opted_out == set()


@pytest.mark.parametrize("words", ["HELP", "hello", "start please", "NO"])
def test_nothing_else_takes_a_stop_back(words: str) -> None:
    carrier = Carrier()
    hear(carrier, "STOP", words)
    assert carrier.opted_out == {PERSON}


def test_each_number_decides_for_itself() -> None:
    carrier = Carrier()
    hear(carrier, "STOP")
    hear(carrier, "STOP", "START", sender="+15035550143")
    assert carrier.opted_out == {PERSON}


def test_a_stop_word_in_a_text_of_ours_stops_nobody() -> None:
    carrier = Carrier()
    carrier.take(Message(NUMBER, PERSON, "STOP", inbound=False))
    assert carrier.opted_out == set()


def test_stop_and_start_on_the_phone_reach_both_sides(
    page: httpx.Client, send: Send, receiver: Receiver
) -> None:
    page.post("/texts", json={"number": PERSON, "body": "STOP"})
    assert receiver.next().form["Body"] == "STOP"
    assert send("Hello") == Stopped("opted out")
    page.post("/texts", json={"number": PERSON, "body": "START"})
    assert receiver.next().form["Body"] == "START"
    assert isinstance(send("Hello"), Sent)


def test_a_carrier_remembers_only_so_much() -> None:
    carrier = Carrier()
    hear(carrier, *map(str, range(MOST_MESSAGES + 1)))
    assert len(carrier.messages) == MOST_MESSAGES
    assert carrier.messages[0].body == "1"
