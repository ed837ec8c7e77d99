"""News of our own texts: three states, one reason, and nothing else."""

from __future__ import annotations

import pytest

from channels import twilio
from channels.twilio import Status
from tests.channels import recorded
from tests.channels.recorded import SID, without


@pytest.mark.parametrize(
    ("state", "ours"),
    [
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("undelivered", "failed"),
        ("failed", "failed"),
    ],
)
def test_a_step_that_matters_is_told(state: str, ours: str) -> None:
    assert twilio.parse_status(recorded.status(state)) == Status(SID, ours, None)


@pytest.mark.parametrize(
    "state",
    ["accepted", "scheduled", "queued", "sending", "read", "canceled", "received", "receiving"],
)
def test_a_step_that_changes_nothing_is_no_news(state: str) -> None:
    assert twilio.parse_status(recorded.status(state)) is None


@pytest.mark.parametrize("state", ["", "SENT", "sent ", "teleported", "\0", "s" * 10_000])
def test_a_step_that_is_not_known_is_no_news(state: str) -> None:
    assert twilio.parse_status(recorded.status(state)) is None


def test_no_news_comes_without_a_state_or_an_id() -> None:
    form = recorded.status("sent")
    assert twilio.parse_status({}) is None
    assert twilio.parse_status(without(form, "MessageStatus")) is None
    assert twilio.parse_status(without(form, "MessageSid")) is None


@pytest.mark.parametrize("sid", ["", "S" * 65, "SM\x00", "SM\n"])
def test_no_news_is_of_an_id_that_cannot_be_one(sid: str) -> None:
    assert twilio.parse_status(recorded.status("sent", MessageSid=sid)) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("30003", "handset off"),
        ("30005", "unknown number"),
        ("30006", "landline"),
        ("30007", "filtered"),
        ("30008", "unknown"),
        ("21610", "opted out"),
        ("30999", "unknown"),
        ("9" * 5000, "unknown"),
        ("", None),
        ("-30003", None),
        ("²", None),
        ("handset of +15035550142", None),
    ],
)
def test_a_failure_has_a_reason_in_our_own_words(code: str, reason: str | None) -> None:
    form = recorded.status("undelivered", ErrorCode=code)
    assert twilio.parse_status(form) == Status(SID, "failed", reason)


def test_any_string_may_stand_in_any_field(naughty_strings: list[str]) -> None:
    known = {None, "unknown"}
    for text in naughty_strings:
        assert twilio.parse_status(recorded.status(text)) is None
        news = twilio.parse_status(recorded.status("failed", ErrorCode=text, ErrorMessage=text))
        assert news is not None
        assert news.reason in known
