"""The house writes first only as the person wished, also over midnight and when clocks change."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.care.contact import (
    IMMEDIATE,
    LONGEST_WORDING,
    NEUTRAL_REMINDER,
    SILENCE,
    ContactWishes,
    Drop,
    OwnWords,
    Send,
    Sentence,
    Wait,
    decide_contact,
    decide_late_reply,
    decide_staff_reply,
    is_silence_long,
    render_reminder,
)

SITE = ZoneInfo("America/Los_Angeles")
EVERY_DAY = frozenset(range(7))
# Clocks go forward on 8 March 2026 and back on 1 November 2026, both Sundays, at two in the night.
FORWARD, BACK = datetime(2026, 3, 8, tzinfo=SITE), datetime(2026, 11, 1, tzinfo=SITE)

moments = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.datetimes(datetime(2026, 3, 6), datetime(2026, 3, 10)),
    st.datetimes(datetime(2026, 10, 30), datetime(2026, 11, 3)),
).map(lambda moment: moment.replace(tzinfo=UTC).astimezone(SITE))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
wishes_of_somebody = st.builds(
    ContactWishes,
    first=st.just(True),
    days=st.frozensets(st.integers(0, 6)),
    starts=clocks,
    ends=clocks,
)


def _wishes(starts: str, ends: str, days: frozenset[int] = EVERY_DAY) -> ContactWishes:
    return ContactWishes(True, days, time.fromisoformat(starts), time.fromisoformat(ends))


def _is_inside(wishes: ContactWishes, moment: datetime) -> bool:
    """The same rule in other words: some window that began today or yesterday is not over."""
    wall = moment.replace(tzinfo=None, fold=0)
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        begins = datetime.combine(day, wishes.starts)
        ends = datetime.combine(day, wishes.ends)
        ends += timedelta(days=1) if ends < begins else timedelta()
        if day.weekday() in wishes.days and begins <= wall < ends:
            return True
    return False


def _at(day: datetime, clock: str, fold: int = 0) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock).replace(fold=fold), SITE)


def _decide(wishes: ContactWishes, now: datetime, useful: timedelta = timedelta(days=30)) -> object:
    return decide_contact(wishes, True, now, now.astimezone(UTC) + useful)


@given(wishes_of_somebody, moments)
@example(_wishes("02:15", "04:00"), _at(FORWARD, "00:00"))
@example(_wishes("22:00", "01:30"), _at(BACK, "01:30"))
@example(_wishes("01:20", "01:40"), _at(BACK, "01:50"))
def test_sent_only_inside_and_waits_for_the_first_moment_inside(
    wishes: ContactWishes, now: datetime
) -> None:
    decided = _decide(wishes, now)
    assert (decided == Send()) == _is_inside(wishes, now)
    if isinstance(decided, Wait):
        since = now.astimezone(UTC)
        assert decided.until > since and _is_inside(wishes, decided.until.astimezone(SITE))
        parts = [since + (decided.until - since) * part / 40 for part in range(1, 40)]
        for earlier in (*parts, max(since, decided.until - timedelta(microseconds=1))):
            assert not _is_inside(wishes, earlier.astimezone(SITE))
    if decided == Drop("no_window_left"):
        assert not wishes.days or wishes.starts == wishes.ends


@pytest.mark.parametrize(
    ("wishes", "now", "until"),
    [
        # The hour between two and three is skipped: its end is where the window opens.
        (_wishes("02:15", "04:00"), _at(FORWARD, "00:30"), _at(FORWARD, "03:00")),
        # A window inside the skipped hour does not come on that day.
        (
            _wishes("02:15", "02:45"),
            _at(FORWARD, "00:30"),
            _at(FORWARD + timedelta(days=1), "02:15"),
        ),
        # Then it comes a week later, two weeks after the last one.
        (
            _wishes("02:15", "02:45", frozenset({6})),
            _at(FORWARD - timedelta(days=7), "02:45"),
            _at(FORWARD + timedelta(days=7), "02:15"),
        ),
        # The hour between one and two comes twice, and so does the window.
        (_wishes("01:20", "01:40"), _at(BACK, "01:50"), _at(BACK, "01:20", fold=1)),
        (_wishes("00:30", "01:30"), _at(BACK, "01:45"), _at(BACK, "01:00", fold=1)),
        # Sunday's night lasts into Monday, Monday's does not exist.
        (
            _wishes("22:00", "06:00", frozenset({6})),
            _at(BACK, "12:00"),
            _at(BACK, "22:00"),
        ),
    ],
)
def test_waits_by_the_clock_on_the_wall(
    wishes: ContactWishes, now: datetime, until: datetime
) -> None:
    decided = _decide(wishes, now)
    assert isinstance(decided, Wait)
    assert decided.until == until.astimezone(UTC)


def test_a_window_over_midnight_belongs_to_the_day_it_begins() -> None:
    sunday_night = _wishes("22:00", "06:00", frozenset({6}))
    assert _decide(sunday_night, _at(BACK + timedelta(days=1), "05:59")) == Send()
    assert isinstance(_decide(sunday_night, _at(BACK, "05:59")), Wait)


def test_what_cannot_come_in_time_is_dropped() -> None:
    evening, now = _wishes("18:00", "20:00"), _at(BACK, "12:00")
    assert _decide(evening, now, timedelta(hours=6)) == Wait(_at(BACK, "18:00"))
    assert _decide(evening, now, timedelta(hours=5, minutes=59)) == Drop("no_window_left")
    assert _decide(evening, _at(BACK, "19:00"), timedelta(minutes=-1)) == Drop("no_window_left")


def test_nobody_is_written_to_first_who_did_not_wish_and_agree() -> None:
    now, always = _at(BACK, "12:00"), _wishes("00:00", "23:59")
    later = now + timedelta(days=1)
    assert decide_contact(always, False, now, later) == Drop("no_consent")
    assert decide_contact(None, True, now, later) == Drop("never_first")
    assert decide_contact(ContactWishes(), True, now, later) == Drop("never_first")


def test_a_late_answer_is_like_a_first_message() -> None:
    noon, evening = _at(BACK, "12:00"), _wishes("18:00", "20:00")
    late = noon + IMMEDIATE + timedelta(seconds=1)
    for wishes in (None, ContactWishes(), evening):
        assert decide_late_reply(wishes, noon, noon + IMMEDIATE) == Send()
    assert decide_late_reply(None, noon, late) == Send()
    assert decide_late_reply(evening, noon, late) == Wait(_at(BACK, "18:00"))
    assert decide_late_reply(ContactWishes(), noon, late) == Drop("never_first")


def test_an_answer_of_the_team_is_never_lost_and_never_out_of_the_blue() -> None:
    noon, evening = _at(BACK, "12:00"), _wishes("18:00", "20:00")
    soon, late = noon + IMMEDIATE, noon + SILENCE + timedelta(seconds=1)
    for wishes in (None, ContactWishes(), evening):
        assert decide_staff_reply(wishes, False, noon, soon) == Send()
    assert decide_staff_reply(None, False, noon, noon + SILENCE) == Send()
    waits = Wait((late + SILENCE).astimezone(UTC))
    assert decide_staff_reply(None, True, noon, late) == waits
    assert decide_staff_reply(ContactWishes(), True, noon, late) == waits
    assert decide_staff_reply(evening, False, noon, late) == waits
    assert decide_staff_reply(evening, True, noon, late) == Wait(_at(BACK, "18:00"))
    assert decide_staff_reply(evening, True, noon, _at(BACK, "19:00")) == Send()


def test_the_hour_that_comes_twice_is_a_long_silence() -> None:
    assert timedelta(hours=1) == SILENCE
    before, after = _at(BACK, "01:30"), _at(BACK, "01:30", fold=1)
    assert is_silence_long(before, after)
    assert not is_silence_long(before + timedelta(seconds=1), after)


def test_a_reminder_says_the_wording_alone() -> None:
    own = ContactWishes(first=True, wording=" it's the dentist ")
    assert render_reminder(own, "en") == OwnWords("it's the dentist")
    assert render_reminder(ContactWishes(), "es") == Sentence(NEUTRAL_REMINDER, "es")


@given(wishes_of_somebody)
def test_wishes_survive_being_kept(wishes: ContactWishes) -> None:
    assert ContactWishes.from_json(json.loads(json.dumps(wishes.to_json()))) == wishes


@pytest.mark.parametrize("wrong", [{"days": frozenset({7})}, {"wording": "x" * 121}])
def test_wishes_that_cannot_be_kept_are_refused(wrong: dict[str, object]) -> None:
    assert LONGEST_WORDING == 120
    with pytest.raises(ValueError, match="days or wording"):
        ContactWishes(**wrong)  # type: ignore[arg-type]
