"""Every entry is confirmed once a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.directory.due import Due, decide_due, due_before

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, Due.LATER),
        (335, Due.LATER),
        (336, Due.SOON),
        (365, Due.SOON),
        (366, Due.NOW),
        (4000, Due.NOW),
        (-5, Due.LATER),
    ],
)
def test_a_year_after_the_last_look_it_is_due(days: int, due: Due) -> None:
    assert decide_due(TODAY - timedelta(days=days), TODAY) is due
    assert (TODAY - timedelta(days=days) < due_before(TODAY)) is (due is Due.NOW)


def test_what_nobody_ever_looked_at_is_due() -> None:
    assert decide_due(None, TODAY) is Due.NOW
