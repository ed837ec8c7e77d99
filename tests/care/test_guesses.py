"""Five wrong tries are free, then each one costs twice the time of the one before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.guesses import count_failures, next_try_at

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (15, 1024), (16, 1440), (10**9, 1440)],
)
def test_the_wait_doubles_up_to_a_day(failures: int, minutes: int) -> None:
    assert next_try_at(failures, AT) == AT + timedelta(minutes=minutes)


@given(st.integers(0, 200))
def test_one_more_wrong_try_never_shortens_the_wait(failures: int) -> None:
    assert AT <= next_try_at(failures, AT) <= next_try_at(failures + 1, AT) <= AT + DAY


def test_wrong_tries_are_forgiven_after_a_week_without_one() -> None:
    assert count_failures(9, AT, AT + 7 * DAY - timedelta(seconds=1)) == 9
    assert count_failures(9, AT, AT + 7 * DAY) == 0
