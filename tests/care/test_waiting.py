"""What is offered to somebody who asks for a person: never more than is true."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.contact_hours import Window
from bot.care.waiting import Line, Offer, Team, are_hours, decide_offer, find_opening

ZONE = ZoneInfo("America/Los_Angeles")
WEEKDAYS = frozenset(range(5))
OFFICE = Window(WEEKDAYS, time(9), time(17))
DAYTIME = Team("Day", ("en", "es"), (OFFICE,))
NIGHT = Team("Night", ("en",), (Window(frozenset({4}), time(22), time(6)),))
QUARTER = timedelta(minutes=15)
SOMEBODY = Line(at_desk=1, ahead=0, usual=QUARTER)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 at the site; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_somebody_is_there_within_the_hours() -> None:
    offer = decide_offer((DAYTIME,), "es", SOMEBODY, at(2, 9))
    assert offer == Offer(open=True, at_desk=1, ahead=0, minutes=15, opens=None)


def test_within_the_hours_with_nobody_there_nothing_is_promised() -> None:
    offer = decide_offer((DAYTIME,), "es", Line(0, 0, QUARTER), at(2, 9))
    assert offer == Offer(open=False, at_desk=0, ahead=0, minutes=None, opens=None)


def test_somebody_who_forgot_to_leave_is_not_offered_and_the_next_opening_is_named() -> None:
    offer = decide_offer((DAYTIME,), "es", SOMEBODY, at(2, 17))
    assert offer == Offer(False, 1, 0, None, at(3, 9).astimezone(UTC))


def test_over_the_weekend_the_team_is_back_on_monday() -> None:
    assert find_opening((DAYTIME,), "en", at(6, 17)) == at(9, 9)


def test_hours_are_those_of_the_language() -> None:
    friday_night = at(6, 23)
    assert are_hours((DAYTIME, NIGHT), "en", friday_night)
    assert are_hours((DAYTIME, NIGHT), "en", at(7, 5, 59))
    assert not are_hours((DAYTIME, NIGHT), "es", friday_night)
    assert find_opening((DAYTIME, NIGHT), "en", at(6, 18)) == at(6, 22)
    assert find_opening((DAYTIME, NIGHT), "es", at(6, 18)) == at(9, 9)


def test_a_language_that_no_team_has_never_opens() -> None:
    offer = decide_offer((NIGHT,), "es", SOMEBODY, at(6, 23))
    assert not offer.open
    assert offer.opens is None


def test_a_site_without_teams_is_open_while_somebody_is_there() -> None:
    assert decide_offer((), "en", SOMEBODY, at(1, 3)).open
    assert decide_offer((), "en", Line(0, 0, None), at(1, 3)) == Offer(False, 0, 0, None, None)


def test_nine_is_nine_on_both_sides_of_a_change_of_the_clock() -> None:
    sunday = Team("Sunday", ("en",), (Window(frozenset({6}), time(9), time(17)),))
    saturday = datetime(2026, 10, 31, 12, tzinfo=ZONE)
    assert find_opening((sunday,), "en", saturday) == datetime(2026, 11, 1, 17, tzinfo=UTC)
    week_before = datetime(2026, 10, 24, 12, tzinfo=ZONE)
    assert find_opening((sunday,), "en", week_before) == datetime(2026, 10, 25, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        (Line(1, 0, None), None),
        (Line(1, 0, timedelta()), 5),
        (Line(1, 0, timedelta(minutes=5)), 5),
        (Line(1, 0, timedelta(minutes=5, seconds=1)), 10),
        (Line(4, 3, timedelta(minutes=12)), 15),
        (Line(1, 3, timedelta(minutes=12)), 50),
        (Line(1, 9, timedelta(minutes=12)), 120),
        (Line(1, 10, timedelta(minutes=12)), None),
        (Line(0, 0, timedelta(minutes=12)), None),
    ],
)
def test_the_estimate_is_rounded_up_and_unknown_rather_than_wrong(
    line: Line, minutes: int | None
) -> None:
    assert decide_offer((), "en", line, at(2, 12)).minutes == minutes


def test_an_offer_travels_as_plain_values() -> None:
    assert decide_offer((DAYTIME,), "en", SOMEBODY, at(2, 18)).to_json() == {
        "open": False,
        "at_desk": 1,
        "ahead": 0,
        "minutes": None,
        "opens": "2026-11-03T17:00:00+00:00",
    }
