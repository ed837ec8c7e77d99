"""News of our own texts: three states, one reason, and nothing else."""

from __future__ import annotations

import pytest

from bot.wire.outcomes import Later, Never, Stopped
from channels import twilio
from channels.twilio import Status
from tests.channels import recorded
from tests.channels.recorded import SID, without


@pytest.mark.parametrize(
    ("state", "ours"),
    [
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("read", "delivered"),
        ("undelivered", "failed"),
        ("failed", "failed"),
    ],
)
def test_a_step_that_matters_is_told(state: str, ours: str) -> None:
    assert twilio.parse_status(recorded.status(state)) == Status(SID, ours, None)


@pytest.mark.parametrize(
    "state",
    ["accepted", "scheduled", "queued", "sending", "canceled", "received", "receiving"],
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
    ("code", "outcome"),
    [
        ("30003", Later("handset off")),
        ("30005", Never("unknown number", tell=True)),
        ("30007", Never("filtered", tell=True)),
        ("30008", Later("unknown")),
        ("21610", Stopped("opted out")),
        ("63016", Never("window closed", tell=True)),
        ("63024", Never("not on whatsapp", tell=True)),
        ("30999", Never("unknown", tell=True)),
        ("9" * 5000, Never("unknown", tell=True)),
    ],
)
def test_a_failure_says_in_our_own_words_why_and_what_to_do(
    code: str, outcome: Later | Never | Stopped
) -> None:
    for state in ("undelivered", "failed"):
        news = twilio.parse_status(recorded.status(state, ErrorCode=code))
        assert news == Status(SID, "failed", outcome.reason, outcome)


@pytest.mark.parametrize("code", ["", "-30003", "²", "handset of +15035550142"])
def test_a_failure_without_a_code_has_no_reason(code: str) -> None:
    form = recorded.status("undelivered", ErrorCode=code)
    assert twilio.parse_status(form) == Status(SID, "failed", None)


def test_what_arrived_has_not_failed_whatever_else_is_said() -> None:
    form = recorded.status("delivered", ErrorCode="30003")
    assert twilio.parse_status(form) == Status(SID, "delivered", None)


def test_news_of_whatsapp_are_read_alike() -> None:
    form = recorded.status("read", To="whatsapp:+15035550142", EventType="READ")
    assert twilio.parse_status(form) == Status(SID, "delivered", None)


def test_any_string_may_stand_in_any_field(naughty_strings: list[str]) -> None:
    known = {None, "unknown"}
    for text in naughty_strings:
        assert twilio.parse_status(recorded.status(text)) is None
        news = twilio.parse_status(recorded.status("failed", ErrorCode=text, ErrorMessage=text))
        assert news is not None
        assert news.reason in known
