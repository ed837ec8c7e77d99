"""Everything that may come to Twilio's two doors: refused or taken, never broken."""

from __future__ import annotations

import time
import uuid

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.content import matches, name_of
from tests.house import RunningHouse
from tests.phone import Phone, message_form, post_signed, wait_until_quiet
from tests.plain import PLAIN
from tests.records import Records

pytestmark = pytest.mark.stack

INBOUND = "/twilio/inbound"


@pytest.mark.parametrize("signature", [None, "", "x", "é", "A" * 5000, "NXWGWZz1eIQvnJ1ZVy5PDg=="])
def test_wrong_signature_is_refused_and_nothing_is_stored(
    stack: RunningHouse, signature: str | None
) -> None:
    before = Records(stack.settings).counts()
    headers = {} if signature is None else {"X-Twilio-Signature": signature.encode()}
    answer = _post(stack, data=message_form("+15035550123", "hi"), headers=headers)
    assert answer.status_code == 403
    assert answer.content == b""
    assert Records(stack.settings).counts() == before


@pytest.mark.parametrize("field", ["Body", "From", "MessageSid", "OptOutType"])
def test_a_changed_field_is_refused(stack: RunningHouse, field: str) -> None:
    before = Records(stack.settings).counts()
    form = message_form("+15035550123", "hi")
    signature = _sign(stack, INBOUND, form)
    changed = {**form, field: "changed"}
    answer = _post(stack, data=changed, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert Records(stack.settings).counts() == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b'{"Body": "hi"}', "application/json"),
        (b"\xff\xfe\x00\x01", "application/octet-stream"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"Body=%ff%fe&From=%", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form_is_refused(stack: RunningHouse, content: bytes, kind: str) -> None:
    before = Records(stack.settings).counts()
    headers = {"Content-Type": kind, "X-Twilio-Signature": "x"}
    answer = _post(stack, content=content, headers=headers)
    assert answer.status_code in {400, 403, 413}
    assert Records(stack.settings).counts() == before


def test_an_endless_body_is_refused(stack: RunningHouse) -> None:
    form = message_form("+15035550123", "x" * 3_000_000)
    assert post_signed(stack.settings, INBOUND, form).status_code == 413


@pytest.mark.parametrize("missing", ["From", "MessageSid"])
def test_a_signed_form_that_is_no_message_is_refused(stack: RunningHouse, missing: str) -> None:
    before = Records(stack.settings).counts()
    form = message_form("+15035550123", "hi")
    for name in (missing, *(("SmsSid", "SmsMessageSid") if missing == "MessageSid" else ())):
        del form[name]
    assert post_signed(stack.settings, INBOUND, form).status_code == 400
    assert Records(stack.settings).counts() == before


def test_a_channel_that_is_off_is_refused_so_that_the_fallback_answers(
    stack: RunningHouse,
) -> None:
    assert stack.settings.twilio is not None
    if stack.settings.twilio.whatsapp_sender is not None:
        pytest.skip("this house has WhatsApp")
    before = Records(stack.settings).counts()
    form = message_form("whatsapp:+15035550123", "hi")
    assert post_signed(stack.settings, INBOUND, form).status_code == 404
    assert Records(stack.settings).counts() == before


def test_a_replayed_request_is_answered_once(stack: RunningHouse) -> None:
    phone = Phone(stack.settings)
    form = message_form(phone.number, "hi")
    for _ in range(5):
        assert post_signed(stack.settings, INBOUND, form).status_code == 200
    wait_until_quiet(stack.settings)
    assert len(phone.replies()) == 1


def test_fields_that_nobody_knows_do_not_matter(phone: Phone) -> None:
    (reply,) = phone.text("hi", Unknown="field", Another="😀" * 50, Empty="")
    assert matches(reply, "utter_ask_safe", "en")


def test_ten_pictures_and_no_text(phone: Phone) -> None:
    media = {f"MediaUrl{n}": f"https://media.example/{n}" for n in range(10)}
    (reply,) = phone.text("", NumMedia="10", **media)
    assert matches(reply, "utter_care_empty", "en")


@pytest.mark.parametrize("path", ["/twilio/status/x", f"/twilio/status/{uuid.UUID(int=7)}"])
def test_news_of_unknown_replies_change_nothing(stack: RunningHouse, path: str) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    assert post_signed(stack.settings, path, form).status_code in {204, 422}
    answer = _post(stack, path=path, data=form, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code in {403, 422}


def test_a_thousand_messages_are_slowed_kindly_and_others_do_not_notice(
    stack: RunningHouse,
) -> None:
    flood, other, began = Phone(stack.settings), Phone(stack.settings), time.monotonic()
    for number in range(500):
        flood.send(f"asdf {number}")
    other.send("hi")
    for number in range(500):
        flood.send(f"asdf {number}")
    wait_until_quiet(stack.settings, seconds=120)
    assert matches(other.new_replies()[0], "utter_ask_safe", "en")
    names = [name_of(reply, "en") for reply in flood.replies()]
    minutes = 1 + int((time.monotonic() - began) // 60)  # a busy machine needs more than one
    assert 1 <= names.count("utter_care_slow_down") <= minutes
    assert len(names) <= 45 * minutes


def _sign(stack: RunningHouse, path: str, form: dict[str, str]) -> str:
    assert stack.settings.twilio
    validator = RequestValidator(stack.settings.twilio.auth_token.reveal())
    return str(validator.compute_signature(f"{stack.settings.public_url}{path}", form))


def _post(stack: RunningHouse, path: str = INBOUND, **request: object) -> httpx.Response:
    return httpx.post(f"{stack.url}{path}", trust_env=False, verify=PLAIN, timeout=30, **request)  # type: ignore[arg-type]
