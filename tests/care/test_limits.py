"""Consent, retention and pace: exact at their edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.care.consent import ConsentKind, decide_grant, decide_revocation, is_valid
from bot.care.pace import MOST_IN_A_MINUTE, Pace, decide_pace
from bot.care.retention import next_erasure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("kind", "days"),
    [(ConsentKind.GO_ON, 30), (ConsentKind.REMEMBER, 30), (ConsentKind.SHARE, 7)],
)
def test_a_consent_ends_by_itself(kind: ConsentKind, days: int) -> None:
    consent = decide_grant(kind, NOW)
    end = NOW + timedelta(days=days)
    assert is_valid(consent, NOW)
    assert is_valid(consent, end - MOMENT)
    assert not is_valid(consent, end)
    assert not is_valid(consent, NOW - MOMENT)


def test_a_consent_can_be_taken_back_and_stays_so() -> None:
    consent = decide_revocation(decide_grant(ConsentKind.SHARE, NOW), NOW)
    assert not is_valid(consent, NOW)
    assert decide_revocation(consent, NOW + MOMENT).revoked_at == NOW


def test_silence_is_no_consent() -> None:
    assert not is_valid(None, NOW)


def test_a_session_is_erased_after_two_hours_or_thirty_days() -> None:
    assert next_erasure(NOW, remembers=False) == NOW + timedelta(hours=2)
    assert next_erasure(NOW, remembers=True) == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("recent", "told", "pace"),
    [
        (1, False, Pace.ANSWER),
        (MOST_IN_A_MINUTE, True, Pace.ANSWER),
        (MOST_IN_A_MINUTE + 1, False, Pace.SLOW_DOWN_ONCE),
        (MOST_IN_A_MINUTE + 1, True, Pace.QUIET),
    ],
)
def test_a_flood_is_asked_once_to_slow_down(recent: int, told: bool, pace: Pace) -> None:
    assert decide_pace(recent, told) is pace
