"""What Twilio refuses, the simulator refuses with the same code, and our sender understands."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from bot.settings import Secret, Twilio
from bot.wire.outcomes import Later, Never, Outcome, Sent, Stopped
from simulator.account import NUMBER
from simulator.carrier import Carrier
from tests.simulator.conftest import PERSON, Send


def test_wrong_credentials_wait_for_an_operator(send: Send, settings: Twilio) -> None:
    wrong_token = replace(settings, auth_token=Secret("f" * 32))
    wrong_account = replace(settings, account_sid="AC" + "1" * 32)
    assert send("Hello", settings=wrong_token) == Later("credentials refused")
    assert send("Hello", settings=wrong_account) == Later("credentials refused")


def test_good_credentials_open_no_other_account(official: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        official.api.accounts("AC" + "1" * 32).messages.create(to=PERSON, from_=NUMBER, body="x")
    assert (refused.value.status, refused.value.code) == (401, 20003)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "5035550142",
        "+05035550142",
        "+1503555014a",
        "+1 503 555 0142",
        "+1503555٠١٤٢",
        "+1503555014200000",
        "whatsapp:5035550142",
        "nobody",
    ],
)
def test_what_is_not_a_number_never_gets_a_text(send: Send, number: str) -> None:
    assert send("Hello", number=number) == Never("not a number", tell=True)


def test_a_sender_that_is_not_ours_waits_for_an_operator(send: Send, settings: Twilio) -> None:
    for other in (PERSON, "MG" + "1" * 32):
        assert send("Hello", settings=replace(settings, sender=other)) == Later("sender refused")


def test_a_text_without_words_is_refused(send: Send, official: Client) -> None:
    assert send("") == Never("no words")
    assert refusal(official, body="") == (400, 21602)


def test_a_text_that_is_too_long_is_refused(official: Client) -> None:
    assert refusal(official, body="a" * 1601) == (400, 21617)
    assert official.messages.create(to=PERSON, from_=NUMBER, body="a" * 1600).sid


def test_refusals_carry_twilios_own_codes(official: Client) -> None:
    assert refusal(official, to="nobody") == (400, 21211)
    assert refusal(official, to="") == (400, 21604)
    assert refusal(official, from_="") == (400, 21603)
    assert refusal(official, from_=PERSON) == (400, 21606)
    assert refusal(official, messaging_service_sid="MG" + "1" * 32) == (400, 21705)
    assert refusal(official, to=f"whatsapp:{PERSON}") == (400, 21910)
    assert refusal(official, from_=f"whatsapp:{NUMBER}") == (400, 21910)
    other = {"to": f"whatsapp:{PERSON}", "from_": f"whatsapp:{PERSON}"}
    assert refusal(official, **other) == (400, 63007)
    assert refusal(official, content_sid="HX" + "1" * 32) == (400, 21655)


@pytest.mark.parametrize("url", ["", "gateway", "ftp://gateway.example/x", "http://", "http://["])
def test_a_callback_that_nobody_can_call_is_refused(official: Client, url: str) -> None:
    assert refusal(official, status_callback=url) == (400, 21609)


def test_what_an_account_may_not_ask_for_is_refused(official: Client, carrier: Carrier) -> None:
    assert refusal(official, content_retention="some") == (400, 30029)
    assert refusal(official, address_retention="discard") == (400, 30030)
    carrier.plan.redaction = False
    assert refusal(official, content_retention="discard") == (400, 30029)
    assert refusal(official, address_retention="obfuscate") == (400, 30030)


def test_whoever_opted_out_gets_nothing(send: Send, carrier: Carrier, official: Client) -> None:
    carrier.opted_out.add(PERSON)
    assert send("Hello") == Stopped("opted out")
    assert refusal(official) == (400, 21610)
    assert isinstance(send("Hello", number="+15035550143"), Sent)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (429, Later("too many requests")),
        (500, Later("unavailable", unsure=True)),
        (503, Later("unavailable", unsure=True)),
        (400, Never("refused", tell=True)),
    ],
)
def test_a_planned_fault_hits_once(
    send: Send, carrier: Carrier, status: int, outcome: Outcome
) -> None:
    carrier.plan.next_statuses.append(status)
    assert send("Hello") == outcome
    assert isinstance(send("Hello"), Sent)


def test_planned_faults_come_in_order(send: Send, carrier: Carrier) -> None:
    carrier.plan.next_statuses.extend([500, 429])
    reasons = [send("Hello"), send("Hello")]
    assert reasons == [Later("unavailable", unsure=True), Later("too many requests")]


def test_nothing_that_was_refused_is_remembered(
    send: Send, settings: Twilio, carrier: Carrier
) -> None:
    carrier.plan.next_statuses.append(500)
    send("Hello")
    send("Hello", settings=replace(settings, auth_token=Secret("f" * 32)))
    send("Hello", number="nobody")
    send("")
    assert not carrier.messages


def test_where_nobody_listens_the_text_waits(send: Send, settings: Twilio) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert send("Hello", settings=replace(settings, api_base=nowhere)) == Later(
            "unreachable", unsure=True
        )


def refusal(official: Client, **changed: str) -> tuple[int, int]:
    """The status and the code that Twilio's own client is refused with."""
    message = {"to": PERSON, "from_": NUMBER, "body": "Hello", **changed}
    with pytest.raises(TwilioRestException) as refused:
        official.messages.create(**message)
    return refused.value.status, refused.value.code
