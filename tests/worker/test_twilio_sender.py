"""What the sender hands over, how fast it may, and what it takes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.settings import Secret
from bot.site_channels import DELETE, KEEP, REDACT, TextOptions
from bot.wire.lanes import Lane
from bot.wire.outcomes import Later, Never, Sent, Stopped
from bot.wire.turns import Option, Reply
from simulator.account import NUMBER, SERVICE_SID, TEMPLATE_SID, TEMPLATE_WORDS, WHATSAPP_NUMBER
from simulator.plan import TooFast
from tests.fakes.twilio import PERSON, TwilioFake, run_twilio
from tests.house import wait_for
from worker.twilio_sender import TwilioSender

SMS, WHATSAPP = TextOptions("sms"), TextOptions("whatsapp")


@pytest.fixture
def twilio() -> Iterator[TwilioFake]:
    """A fake of each test's own."""
    with run_twilio() as fake:
        yield fake


def erase(sender: TwilioSender, *places: str) -> object:
    """Take messages back as the worker does."""
    return asyncio.run(sender.erase(PERSON, places))


def finished(twilio: TwilioFake) -> str:
    """The id of the newest message, once Twilio is done with it."""
    message = twilio.phone()[-1]
    wait_for(lambda: message.status == "delivered", "the delivery")
    return message.sid


@pytest.mark.parametrize("address", [WHATSAPP_NUMBER, SERVICE_SID])
def test_whatsapp_has_its_own_addresses(twilio: TwilioFake, address: str) -> None:
    twilio.carrier.hear(f"whatsapp:{PERSON}")
    assert isinstance(twilio.send(twilio.sender(WHATSAPP, address), "¿Está aquí?"), Sent)
    [message] = twilio.phone()
    assert (message.sender, message.receiver) == (WHATSAPP_NUMBER, f"whatsapp:{PERSON}")
    assert message.body == "¿Está aquí?"  # no accent costs anything here


def test_outside_the_window_only_the_template_leaves(twilio: TwilioFake) -> None:
    sender = twilio.sender(replace(WHATSAPP, template=TEMPLATE_SID))
    assert isinstance(twilio.send(sender, "canary", in_window=False), Sent)
    assert [message.body for message in twilio.phone()] == [TEMPLATE_WORDS]


def test_without_a_template_nothing_leaves_and_people_are_told(twilio: TwilioFake) -> None:
    outcome = twilio.send(twilio.sender(WHATSAPP), "canary", in_window=False)
    assert outcome == Never("window closed", tell=True)
    assert twilio.phone() == []


def test_a_template_that_is_not_ours_waits_for_an_operator(twilio: TwilioFake) -> None:
    sender = twilio.sender(replace(WHATSAPP, template="HX" + "1" * 32))
    assert twilio.send(sender, "x", in_window=False) == Later("template refused")


def test_sms_knows_no_window(twilio: TwilioFake) -> None:
    sender = twilio.sender(SMS)
    assert sender.window is None
    assert twilio.sender(WHATSAPP).window == timedelta(hours=24)
    assert isinstance(twilio.send(sender, "Hello", in_window=False), Sent)


def test_who_opted_out_on_one_channel_is_stopped_there(twilio: TwilioFake) -> None:
    twilio.carrier.opted_out.add(f"whatsapp:{PERSON}")
    assert twilio.send(twilio.sender(WHATSAPP), "Hello") == Stopped("opted out")
    assert isinstance(twilio.send(twilio.sender(SMS), "Hello"), Sent)


@pytest.mark.parametrize(
    ("address", "options", "speed"),
    [
        (NUMBER, SMS, 1),
        ("+18005550100", SMS, 3),
        (SERVICE_SID, SMS, 1),
        (SERVICE_SID, TextOptions("sms", per_second=15), 15),
        (NUMBER, TextOptions("sms", per_second=0.5), 0.5),
        (WHATSAPP_NUMBER, WHATSAPP, 80),
        (WHATSAPP_NUMBER, TextOptions("whatsapp", per_second=20), 20),
    ],
)
def test_one_lane_a_sender_at_the_speed_of_its_kind_or_its_site(
    twilio: TwilioFake, address: str, options: TextOptions, speed: float
) -> None:
    lanes = twilio.sender(options, address).lanes(PERSON)
    assert lanes == (Lane(address, speed),)
    assert PERSON not in repr(lanes)


def test_a_text_costs_its_segments_as_it_is_sent(twilio: TwilioFake) -> None:
    sms, toll_free = twilio.sender(SMS), twilio.sender(SMS, "+18005550100")
    long = Reply("a" * 305)
    assert (sms.cost(long), toll_free.cost(long), twilio.sender(WHATSAPP).cost(long)) == (2, 3, 1)
    assert sms.cost(Reply("Está " * 30)) == 1  # without the accents, as it leaves
    assert sms.cost(Reply("a" * 150, (Option("Yes, please", "/yes"),))) == 2


def test_what_leaves_too_fast_comes_back(twilio: TwilioFake) -> None:
    twilio.carrier.plan.per_second = 1
    sender = twilio.sender(SMS)
    assert isinstance(twilio.send(sender, "one"), Sent)
    assert twilio.send(sender, "two") == Later("too many requests")
    assert len(twilio.phone()) == 1


def test_a_queue_that_overflows_is_told_by_a_callback(twilio: TwilioFake) -> None:
    twilio.carrier.plan.per_second, twilio.carrier.plan.too_fast = 1, TooFast.OVERFLOWS
    sender = twilio.sender(SMS)
    assert all(isinstance(twilio.send(sender, words), Sent) for words in ("one", "two"))
    told = [twilio.receiver.next().form for _ in range(4)]
    assert [form.get("ErrorCode") for form in told if form["MessageStatus"] == "undelivered"] == [
        "30001"
    ]


def test_only_a_site_that_wants_it_deletes(twilio: TwilioFake) -> None:
    sender = twilio.sender(replace(SMS, after_delivery=KEEP))
    twilio.send(sender, "Hello")
    assert sender.erase_after is None
    assert erase(sender, finished(twilio)) == Sent("")
    assert not twilio.phone()[0].deleted


def test_a_message_that_arrived_is_deleted_and_stays_so(twilio: TwilioFake) -> None:
    sender = twilio.sender(replace(SMS, after_delivery=DELETE))
    twilio.send(sender, "Hello")
    sid = finished(twilio)
    assert sender.erase_after is not None
    for _ in range(2):
        assert erase(sender, sid) == Sent("")
        assert twilio.carrier.find(sid) is None


def test_what_twilio_still_works_on_is_deleted_later(twilio: TwilioFake) -> None:
    sender = twilio.sender(SMS)
    for words in ("one", "two"):
        twilio.send(sender, words)
        finished(twilio)
    first, second = twilio.phone()
    second.status = "sending"
    assert erase(sender, first.sid, second.sid) == Later("not finished", seconds=60.0)
    assert (first.deleted, second.deleted) == (True, False)
    second.status = "delivered"
    assert erase(sender, first.sid, second.sid) == Sent("")
    assert second.deleted


def test_while_the_account_is_closed_nothing_is_taken_for_deleted(twilio: TwilioFake) -> None:
    twilio.send(twilio.sender(SMS), "Hello")
    sid = finished(twilio)
    other = TwilioSender(replace(twilio.settings, auth_token=Secret("f" * 32)), NUMBER, SMS)
    assert erase(other, sid) == Later("credentials refused")
    twilio.carrier.plan.next_statuses = [503]
    assert erase(twilio.sender(SMS), sid) == Later("unavailable", unsure=True)
    assert not twilio.phone()[0].deleted


@pytest.mark.parametrize("options", [SMS, WHATSAPP])
def test_what_must_not_be_kept_is_never_written_down(
    twilio: TwilioFake, options: TextOptions
) -> None:
    twilio.carrier.hear(f"whatsapp:{PERSON}")
    assert isinstance(
        twilio.send(twilio.sender(replace(options, after_delivery=REDACT)), "x"), Sent
    )
    [message] = twilio.phone()
    assert (message.words_kept, message.number_kept) == (False, False)
    assert twilio.sender(replace(options, after_delivery=REDACT)).erase_after is None


def test_an_account_without_redaction_waits_for_an_operator(twilio: TwilioFake) -> None:
    twilio.carrier.plan.redaction = False
    sender = twilio.sender(replace(SMS, after_delivery=REDACT))
    assert twilio.send(sender, "x") == Later("redaction is off")
    assert twilio.phone() == []
