"""Only what Twilio signed for this address, with this account's token, is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from channels import twilio
from tests.channels import recorded
from tests.channels.recorded import INBOUND_URL, TOKEN, without


def sign(form: dict[str, str], url: str = INBOUND_URL, token: str = TOKEN) -> str:
    """Twilio's signature, by Twilio's own code."""
    return str(RequestValidator(token).compute_signature(url, form))


@pytest.mark.parametrize(
    "form",
    [recorded.sms(), recorded.sms(Body=""), recorded.pictures(10), recorded.status("delivered")],
)
def test_what_twilio_signed_is_taken(form: dict[str, str]) -> None:
    assert twilio.verify(INBOUND_URL, form, sign(form), TOKEN)


def test_the_published_signatures_are_taken(shared_data: Path) -> None:
    lines = (shared_data / "twilio_signature_vectors.jsonl").read_text(encoding="utf-8")
    vectors = [json.loads(line) for line in lines.splitlines()]
    single = [v for v in vectors if "body" not in v and len(dict(v["params"])) == len(v["params"])]
    assert len(single) == 5
    for vector in single:
        form = dict(vector["params"])
        assert twilio.verify(vector["url"], form, vector["signature"], vector["token"])
        assert not twilio.verify(vector["url"], form, vector["signature"], vector["token"] + "6")


@pytest.mark.parametrize("field", recorded.sms())
def test_a_changed_field_is_noticed(field: str) -> None:
    form = recorded.sms()
    assert not twilio.verify(INBOUND_URL, {**form, field: "other"}, sign(form), TOKEN)


@pytest.mark.parametrize("field", recorded.sms())
def test_a_missing_field_is_noticed(field: str) -> None:
    form = recorded.sms()
    assert not twilio.verify(INBOUND_URL, without(form, field), sign(form), TOKEN)


def test_an_extra_field_is_noticed() -> None:
    form = recorded.sms()
    assert not twilio.verify(INBOUND_URL, {**form, "OptOutType": "STOP"}, sign(form), TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        "http://chat.alderfalls.example/twilio/inbound",
        "https://chat.alderfalls.example/twilio/inbound/",
        "https://chat.alderfalls.example/twilio/inbound?a=1",
        "https://chat.alderfalls.example/twilio/status/1",
        "https://other.example/twilio/inbound",
        "https://chat.alderfalls.example:8443/twilio/inbound",
    ],
)
def test_a_request_signed_for_another_address_is_refused(url: str) -> None:
    form = recorded.sms()
    assert not twilio.verify(INBOUND_URL, form, sign(form, url=url), TOKEN)


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN.upper(), "f" * 32])
def test_another_token_signs_nothing(token: str) -> None:
    form = recorded.sms()
    assert not twilio.verify(INBOUND_URL, form, sign(form, token=token), TOKEN)


def test_a_missing_or_damaged_signature_is_refused() -> None:
    form = recorded.sms()
    good = sign(form)
    for bad in ("", " ", good[:-1], good + "=", good.lower(), f" {good}", good[::-1]):
        assert not twilio.verify(INBOUND_URL, form, bad, TOKEN)


def test_an_empty_form_needs_its_own_signature() -> None:
    assert twilio.verify(INBOUND_URL, {}, sign({}), TOKEN)
    assert not twilio.verify(INBOUND_URL, {}, sign(recorded.sms()), TOKEN)
    assert not twilio.verify(INBOUND_URL, {}, "", TOKEN)


def test_no_string_is_a_signature_by_chance(naughty_strings: list[str]) -> None:
    form = recorded.sms()
    for text in naughty_strings:
        assert twilio.verify(INBOUND_URL, form, text, TOKEN) is False


def test_any_string_may_be_signed_as_a_name_and_as_a_value(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        form = recorded.sms(**{"Body": text, text: text})
        assert twilio.verify(INBOUND_URL, form, sign(form), TOKEN) is True
        assert twilio.verify(INBOUND_URL, form, text, TOKEN) is False


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5), st.text())
def test_nothing_that_anyone_posts_raises(form: dict[str, str], signature: str) -> None:
    assert twilio.verify(INBOUND_URL, form, signature, TOKEN) is False
