"""Consent, retention and pace: exact at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.care.consent import ConsentKind, decide_grant, decide_revocation, is_valid
from bot.care.pace import MOST_IN_A_MINUTE, Pace, decide_pace
from bot.care.retention import next_erasure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("kind", "days"),
    [(ConsentKind.GO_ON, 30), (ConsentKind.REMEMBER, 180), (ConsentKind.SHARE, 7)],
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


def test_a_consent_to_an_older_wording_is_none() -> None:
    consent = decide_grant(ConsentKind.KEEP, NOW)
    assert is_valid(consent, NOW)
    assert not is_valid(replace(consent, version=consent.version - 1), NOW)


def test_a_release_names_one_agency_and_nothing_else_does() -> None:
    assert decide_grant(ConsentKind.SHARE_AGENCY, NOW, "clinic").agency == "clinic"
    for kind, agency in ((ConsentKind.SHARE_AGENCY, ""), (ConsentKind.SHARE, "clinic")):
        with pytest.raises(ValueError, match=kind.name):
            decide_grant(kind, NOW, agency)


def test_a_session_is_erased_after_two_hours_or_after_the_sites_time_of_silence() -> None:
    assert next_erasure(NOW, keep_for=None) == NOW + timedelta(hours=2)
    assert next_erasure(NOW, keep_for=timedelta(hours=72)) == NOW + timedelta(hours=72)


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
