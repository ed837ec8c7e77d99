"""WhatsApp in the simulator: other addresses, a window of a day, and templates."""

from __future__ import annotations

import httpx
import pytest
from twilio.rest import Client

from channels.twilio import parse, parse_status
from simulator.account import TEMPLATE_SID, TEMPLATE_WORDS, WHATSAPP_NUMBER
from tests.simulator.conftest import PERSON
from tests.simulator.receiver import Receiver

ON_WHATSAPP = f"whatsapp:{PERSON}"
A_DAY = 24 * 60 * 60


def write(page: httpx.Client, body: str = "Hello", **more: object) -> None:
    """Write from the phone."""
    text = {"number": ON_WHATSAPP, "body": body, **more}
    assert page.post("/texts", json=text).status_code == 202


def create(official: Client, receiver: Receiver, **content: str) -> str | None:
    """Send a message; the code with which it failed."""
    url = f"{receiver.url}/twilio/status/1"
    official.messages.create(to=ON_WHATSAPP, from_=WHATSAPP_NUMBER, status_callback=url, **content)
    form = receiver.next().form
    while form["MessageStatus"] == "sent":
        form = receiver.next().form
    assert form["ChannelPrefix"] == "whatsapp"
    return form.get("ErrorCode")


def test_a_message_is_brought_with_the_fields_of_whatsapp(
    page: httpx.Client, receiver: Receiver
) -> None:
    write(page)
    form = receiver.next().form
    assert (form["From"], form["To"]) == (ON_WHATSAPP, WHATSAPP_NUMBER)
    assert form["WaId"] == PERSON.removeprefix("+")
    message = parse(form)
    assert (message.channel, message.untrusted_address) == ("whatsapp", PERSON)


def test_buttons_and_places_are_brought_too(page: httpx.Client, receiver: Receiver) -> None:
    write(page, "", button="Food")
    assert parse(receiver.next().form).untrusted_text == "Food"
    write(page, "", place=True)
    assert parse(receiver.next().form).media_count == 1


@pytest.mark.parametrize(
    ("ago", "code"), [(0, None), (A_DAY - 60, None), (A_DAY + 60, "63016"), (None, "63016")]
)
def test_free_text_passes_for_a_day_after_the_persons_last_message(
    page: httpx.Client, official: Client, receiver: Receiver, ago: float | None, code: str | None
) -> None:
    heard = {} if ago is None else {ON_WHATSAPP: ago}
    page.put("/plan", json={"heard_ago": heard})
    assert create(official, receiver, body="Hello") == code


def test_whoever_writes_opens_the_window(
    page: httpx.Client, official: Client, receiver: Receiver
) -> None:
    assert create(official, receiver, body="Hello") == "63016"
    write(page)
    receiver.next()
    assert create(official, receiver, body="Hello") is None


def test_a_text_to_the_same_number_opens_nothing(
    page: httpx.Client, official: Client, receiver: Receiver
) -> None:
    page.post("/texts", json={"number": PERSON, "body": "Hello"})
    receiver.next()
    assert create(official, receiver, body="Hello") == "63016"


def test_a_template_passes_at_any_time_in_its_own_words(
    official: Client, receiver: Receiver
) -> None:
    assert create(official, receiver, content_sid=TEMPLATE_SID) is None
    assert [message.body for message in official.messages.list()] == [TEMPLATE_WORDS]


def test_a_closed_window_is_told_as_our_channel_reads_it(
    official: Client, receiver: Receiver
) -> None:
    url = f"{receiver.url}/twilio/status/1"
    sent = official.messages.create(
        to=ON_WHATSAPP, from_=WHATSAPP_NUMBER, body="x", status_callback=url
    )
    news = parse_status(receiver.next().form)
    assert news is not None
    assert (news.provider_id, news.state, news.reason) == (sent.sid, "failed", "window closed")
