"""Twilio took a text and nobody heard of it: the next attempt finds it, and nothing goes twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.site_channels import KEEP, REDACT, TextOptions
from bot.wire.outcomes import Later, Sent
from bot.wire.turns import Reply
from simulator.account import NUMBER, SERVICE_SID, TEMPLATE_SID
from tests.fakes.twilio import PERSON, TwilioFake, run_twilio
from tests.house import wait_for
from worker.twilio_sender import TwilioSender

WORDS = "¿Es seguro hablar ahora? Aquí estoy."
LOST = Later("unreachable", unsure=True)
SMS, WHATSAPP = TextOptions("sms", after_delivery=KEEP), TextOptions("whatsapp")


@pytest.fixture
def twilio() -> Iterator[TwilioFake]:
    """A fake of each test's own."""
    with run_twilio() as fake:
        yield fake


def find(sender: TwilioSender, words: str = WORDS, address: str = PERSON) -> list[str]:
    """What the next attempt finds, before it sends anything."""
    since = datetime.now(UTC) - timedelta(minutes=2)
    return asyncio.run(sender.find_sent(address, Reply(words), since))


@pytest.mark.parametrize(
    ("options", "address"),
    [
        (SMS, None),
        (SMS, SERVICE_SID),
        (WHATSAPP, None),
        (WHATSAPP, SERVICE_SID),
        (TextOptions("sms", after_delivery=REDACT), None),
        (TextOptions("whatsapp", after_delivery=REDACT), None),
    ],
)
def test_a_text_whose_answer_was_lost_is_found(
    twilio: TwilioFake, options: TextOptions, address: str | None
) -> None:
    twilio.carrier.hear(f"whatsapp:{PERSON}")
    sender = twilio.sender(options, address)
    twilio.carrier.plan.lost_answers = 1
    assert twilio.send(sender, WORDS) == LOST
    [taken] = twilio.phone()
    assert find(sender) == [taken.sid]


def test_a_template_whose_answer_was_lost_is_found_though_its_words_are_others(
    twilio: TwilioFake,
) -> None:
    sender = twilio.sender(TextOptions("whatsapp", template=TEMPLATE_SID))
    twilio.carrier.plan.lost_answers = 1
    assert twilio.send(sender, WORDS, in_window=False) == LOST
    [taken] = twilio.phone()
    assert find(sender) == [taken.sid]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_was_refused_is_not_found(twilio: TwilioFake, status: int) -> None:
    sender = twilio.sender(SMS)
    twilio.carrier.plan.next_statuses = [status]
    assert isinstance(twilio.send(sender, WORDS), Later)
    assert find(sender) == []
    assert twilio.phone() == []


def test_what_still_waits_in_twilios_queue_is_found(twilio: TwilioFake) -> None:
    sender = twilio.sender(SMS)
    assert isinstance(twilio.send(sender, WORDS), Sent)
    [waiting] = twilio.phone()
    wait_for(lambda: waiting.status == "delivered", "the delivery")
    waiting.status, waiting.sent_at = "queued", None
    assert find(sender) == [waiting.sid]


@pytest.mark.parametrize("after_delivery", [KEEP, REDACT])
def test_other_words_and_other_people_are_not_taken_for_it(
    twilio: TwilioFake, after_delivery: str
) -> None:
    sender = twilio.sender(TextOptions("sms", after_delivery=after_delivery))
    twilio.send(sender, WORDS)
    assert find(sender, WORDS * 9) == []  # of another length, which is all that is left of words
    assert find(sender, address="+15415550142") == []


def test_words_that_twilio_hides_are_never_taken_for_other_people(twilio: TwilioFake) -> None:
    sender = twilio.sender(TextOptions("sms", after_delivery=REDACT))
    twilio.send(sender, WORDS)
    [taken] = twilio.phone()
    assert (taken.words_kept, taken.number_kept) == (False, False)
    assert find(sender, "Other words, as long.") == [taken.sid]  # told apart by our own notes
    taken.created_at -= timedelta(minutes=3)
    assert find(sender) == []


def test_when_twilio_cannot_say_nothing_is_assumed(twilio: TwilioFake) -> None:
    sender = twilio.sender(SMS)
    twilio.carrier.plan.next_statuses = [503]
    with pytest.raises(Exception, match="503"):
        find(sender)


def test_an_answer_that_comes_too_late_is_a_lost_one(twilio: TwilioFake) -> None:
    hasty = TwilioSender(twilio.settings, NUMBER, SMS, timeout=0.2)
    twilio.carrier.plan.slow = 0.6
    assert twilio.send(hasty, WORDS) == LOST
    [taken] = wait_for(twilio.phone, "the slow text")
    assert find(twilio.sender(SMS)) == [taken.sid]


def attempts(twilio: TwilioFake, sender: TwilioSender, lost: Callable[[int], bool]) -> int:
    """Attempts as the house makes them, until one text is known to have left."""
    for attempt in range(10):
        if attempt and find(sender):
            return attempt
        twilio.carrier.plan.lost_answers = int(lost(attempt))
        if isinstance(twilio.send(sender, WORDS), Sent):
            return attempt
    raise AssertionError("it never left")


def test_however_often_the_answer_is_lost_one_text_arrives(twilio: TwilioFake) -> None:
    assert attempts(twilio, twilio.sender(SMS), lambda _: True) == 1
    assert len(twilio.phone()) == 1
