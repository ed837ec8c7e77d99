"""When a door is open, until when, and when it opens next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.schedule import Hours, Opening, is_open, next_hours

ZONE = ZoneInfo("America/Los_Angeles")
WEEKDAYS, WEEK = tuple(range(5)), tuple(range(7))
OFFICE = Opening(WEEKDAYS, time(9), time(17))
NIGHT = Opening(WEEK, time(18), time(8))
CLOCK = Opening(WEEK, time(0), time(23, 59))
MINUTES_OF_WEEK = 7 * 24 * 60


def _at(day: int, hour: int, minute: int = 0, *, month: int = 3, fold: int = 0) -> datetime:
    """2026; 12 March is a Thursday."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE, fold=fold)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        (_at(12, 9), _at(12, 17)),
        (_at(12, 16, 59), _at(12, 17)),
        (_at(13, 12), _at(13, 17)),
    ],
)
def test_office_is_open(now: datetime, closes: datetime) -> None:
    assert next_hours([OFFICE], now) == Hours(open_now=True, closes=closes)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (_at(12, 8, 59), _at(12, 9)),
        (_at(12, 17), _at(13, 9)),
        (_at(13, 17), _at(16, 9)),
        (_at(14, 12), _at(16, 9)),
        (_at(15, 23, 59), _at(16, 9)),
    ],
)
def test_office_is_closed_until(now: datetime, opens: datetime) -> None:
    assert next_hours([OFFICE], now) == Hours(open_now=False, opens=opens)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        (_at(12, 18), _at(13, 8)),
        (_at(13, 0), _at(13, 8)),
        (_at(13, 7, 59), _at(13, 8)),
    ],
)
def test_night_shelter_is_open_past_midnight(now: datetime, closes: datetime) -> None:
    assert next_hours([NIGHT], now) == Hours(open_now=True, closes=closes)


def test_night_shelter_opens_in_the_evening() -> None:
    assert next_hours([NIGHT], _at(12, 8)) == Hours(open_now=False, opens=_at(12, 18))


def test_night_that_began_on_the_last_day_still_goes_on() -> None:
    friday = Opening((4,), time(22), time(6))
    assert next_hours([friday], _at(14, 5, 59)) == Hours(open_now=True, closes=_at(14, 6))
    assert next_hours([friday], _at(14, 6)) == Hours(open_now=False, opens=_at(20, 22))


@pytest.mark.parametrize(
    "openings",
    [
        [CLOCK],
        [Opening(WEEK, time(0), time(0))],
        [Opening(WEEK, time(9), time(9))],
        [Opening((day,), time(0), time(23, 59)) for day in WEEK],
        [Opening(WEEK, time(6), time(18)), Opening(WEEK, time(18), time(6))],
    ],
)
@pytest.mark.parametrize("now", [_at(12, 0), _at(12, 23, 59), _at(15, 3), _at(8, 2, 30)])
def test_around_the_clock_never_closes(openings: list[Opening], now: datetime) -> None:
    assert next_hours(openings, now) == Hours(open_now=True, always=True)


def test_whole_weekdays_close_on_saturday() -> None:
    whole = Opening(WEEKDAYS, time(0), time(23, 59))
    assert next_hours([whole], _at(11, 10)) == Hours(open_now=True, closes=_at(14, 0))
    assert next_hours([whole], _at(14, 0)) == Hours(open_now=False, opens=_at(16, 0))


def test_lunch_break_closes_and_a_change_of_shift_does_not() -> None:
    morning = Opening(WEEK, time(9), time(12))
    after_lunch, at_once = Opening(WEEK, time(13), time(17)), Opening(WEEK, time(12), time(17))
    noon, evening = _at(12, 12), _at(12, 17)
    assert next_hours([after_lunch, morning], _at(12, 10)) == Hours(open_now=True, closes=noon)
    assert next_hours([at_once, morning], _at(12, 10)) == Hours(open_now=True, closes=evening)
    assert next_hours([after_lunch, morning], noon) == Hours(open_now=False, opens=_at(12, 13))


def test_nothing_known_is_neither_open_nor_closed() -> None:
    assert next_hours([], _at(12, 12)) is None
    assert is_open([], _at(12, 12)) is None


def test_season_has_a_first_and_a_last_day() -> None:
    winter = Opening(WEEK, time(8), time(20), date(2026, 3, 10), date(2026, 3, 12))
    assert next_hours([winter], _at(9, 12)) == Hours(open_now=False, opens=_at(10, 8))
    assert next_hours([winter], _at(10, 12)) == Hours(open_now=True, closes=_at(10, 20))
    assert next_hours([winter], _at(12, 12)) == Hours(open_now=True, closes=_at(12, 20))
    assert next_hours([winter], _at(12, 20)) == Hours(open_now=False)
    assert next_hours([winter], _at(13, 12)) == Hours(open_now=False)


def test_last_night_of_a_season_lasts_until_morning() -> None:
    last = Opening(WEEK, time(20), time(8), valid_to=date(2026, 3, 11))
    assert next_hours([last], _at(12, 7)) == Hours(open_now=True, closes=_at(12, 8))
    assert next_hours([last], _at(12, 21)) == Hours(open_now=False)


def test_around_the_clock_in_a_season_ends_with_it() -> None:
    winter = Opening(WEEK, time(0), time(23, 59), valid_to=date(2026, 3, 14))
    assert next_hours([winter], _at(12, 12)) == Hours(open_now=True, closes=_at(15, 0))
    assert next_hours([winter], _at(15, 12)) == Hours(open_now=False)


def test_clocks_go_forward_at_two_on_8_march() -> None:
    """The night shelter is open through the hour that does not exist."""
    assert next_hours([NIGHT], _at(8, 1, 59)) == Hours(open_now=True, closes=_at(8, 8))
    assert next_hours([NIGHT], _at(8, 3)) == Hours(open_now=True, closes=_at(8, 8))
    assert next_hours([NIGHT], _at(8, 8)) == Hours(open_now=False, opens=_at(8, 18))
    early = Opening((6,), time(2, 30), time(5))
    assert next_hours([early], _at(8, 3)) == Hours(open_now=True, closes=_at(8, 5))
    assert next_hours([early], _at(8, 1, 59)) == Hours(open_now=False, opens=_at(8, 2, 30))


@pytest.mark.parametrize("fold", [0, 1])
def test_clocks_go_back_at_two_on_1_november(fold: int) -> None:
    """In both hours that read half past one, the wall clock decides."""
    now = _at(1, 1, 30, month=11, fold=fold)
    late = Opening((5,), time(20), time(1))
    assert next_hours([NIGHT], now) == Hours(open_now=True, closes=_at(1, 8, month=11))
    assert next_hours([late], now) == Hours(open_now=False, opens=_at(7, 20, month=11))
    assert next_hours([OFFICE], now) == Hours(open_now=False, opens=_at(2, 9, month=11))


_TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
_OPENINGS = st.lists(
    st.builds(Opening, st.lists(st.sampled_from(WEEK), unique=True).map(tuple), _TIMES, _TIMES),
    min_size=1,
    max_size=4,
)


@given(
    openings=_OPENINGS,
    now=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(ZONE)),
)
def test_hours_agree_with_a_week_counted_minute_by_minute(
    openings: list[Opening], now: datetime
) -> None:
    minutes = _open_minutes(openings)
    now = now.replace(second=0, microsecond=0, fold=0)
    start = now.weekday() * 1440 + now.hour * 60 + now.minute
    week_ahead = [(start + ahead) % MINUTES_OF_WEEK in minutes for ahead in range(MINUTES_OF_WEEK)]
    hours = next_hours(openings, now)
    assert hours is not None
    assert hours.open_now == is_open(openings, now) == week_ahead[0]
    assert hours.always == all(week_ahead)
    change = next((n for n, is_it in enumerate(week_ahead) if is_it != week_ahead[0]), None)
    wanted = None if change is None else now + timedelta(minutes=change)
    assert (hours.closes or hours.opens) == wanted


def _open_minutes(openings: list[Opening]) -> set[int]:
    """Every minute of a week, from Monday's midnight on, that is within an opening."""
    minutes: set[int] = set()
    for opening in openings:
        begin, end = (at.hour * 60 + at.minute for at in (opening.opens, opening.closes))
        length = end - begin if end > begin else end - begin + 1440
        for day in opening.days:
            minutes |= {(day * 1440 + begin + n) % MINUTES_OF_WEEK for n in range(length)}
    return minutes
