"""Opening hours as packages write them."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.schedule import Opening, merge_days, open_opening, parse_opening

ROW = {"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00"}


def _parse(**changes: str) -> Opening | None:
    stored = parse_opening({**ROW, **changes})
    return open_opening(json.loads(json.dumps(stored))) if stored else None


def test_row_survives_the_way_through_the_database() -> None:
    opening = _parse(valid_from="2026-01-01", valid_to="2026-12-31T00:00:00Z")
    assert opening == Opening((0, 2), time(9), time(17), date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9:00", time(9)),
        ("09:30:00", time(9, 30)),
        ("9", time(9)),
        ("09:00Z", time(9)),
        ("09:00-08:00", time(9)),
        ("09:00:00+01:00", time(9)),
        ("9am", time(9)),
        ("9:30 PM", time(21, 30)),
        ("12 a.m.", time(0)),
        ("12:15 pm", time(12, 15)),
        ("00:00", time(0)),
        ("24:00", time(0)),
        ("24:00:00", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, wanted: time) -> None:
    opening = _parse(closes_at=text)
    assert opening is not None
    assert opening.closes == wanted


@pytest.mark.parametrize(
    ("byday", "days"),
    [
        ("SU", (6,)),
        ("fr, sa", (4, 5)),
        ("MO,MO", (0,)),
        ("", tuple(range(7))),
        (",", tuple(range(7))),
    ],
)
def test_days_are_read_as_people_write_them(byday: str, days: tuple[int, ...]) -> None:
    opening = _parse(byday=byday)
    assert opening is not None
    assert opening.days == days


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": ""},
        {"closes_at": " "},
        {"freq": "MONTHLY", "byday": "SA"},
        {"freq": "YEARLY"},
        {"byday": "1SA"},
        {"byday": "-1MO"},
        {"interval": "2"},
    ],
)
def test_what_is_not_in_every_week_says_nothing_of_this_one(changes: dict[str, str]) -> None:
    assert _parse(**changes) is None


@pytest.mark.parametrize("changes", [{"freq": ""}, {"freq": "daily"}, {"interval": "1"}])
def test_what_is_in_every_week_counts(changes: dict[str, str]) -> None:
    assert _parse(**changes) is not None


def test_end_of_the_recurrence_is_the_last_day() -> None:
    opening = _parse(until="2026-06-30")
    assert opening is not None
    assert opening.valid_to == date(2026, 6, 30)


def test_same_hours_on_several_days_are_one_opening() -> None:
    rows = [{**ROW, "byday": day} for day in ("TU", "MO", "SU")]
    later = {**ROW, "byday": "SU", "opens_at": "18:00", "closes_at": "20:00"}
    merged = merge_days(filter(None, map(parse_opening, [*rows, later])))
    assert [(opening["days"], opening["opens"]) for opening in merged] == [
        ([0, 1, 6], "09:00"),
        ([6], "18:00"),
    ]


@given(st.dictionaries(st.sampled_from([*ROW, "interval", "valid_from", "until"]), st.text()))
def test_any_row_is_read_or_refused(row: dict[str, str]) -> None:
    try:
        stored = parse_opening(row)
    except ValueError:
        return
    assert stored is None or open_opening(stored).days
