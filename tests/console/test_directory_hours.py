"""Hours between documents, rows of a form and words."""

from __future__ import annotations

from typing import Any

import pytest

from console.directory.hour_words import tell_schedule
from console.directory.hours import (
    find_schedules,
    is_simple,
    read_hours,
    write_schedules,
)
from console.directory.place_hours import tell_hours
from console.directory.typed import Typed, TypedHours

WEEKLY = {"id": "a", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (WEEKLY, "Monday and Tuesday, 9 am to 5 pm"),
        ({**WEEKLY, "byday": "MO,WE,TH,FR"}, "Monday, Wednesday to Friday, 9 am to 5 pm"),
        ({**WEEKLY, "byday": "", "closes_at": "02:30"}, "Every day, 9 am to 2:30 am the next day"),
        (
            {**WEEKLY, "freq": "MONTHLY", "byday": "1MO"},
            "the first Monday of a month, 9 am to 5 pm",
        ),
        (
            {**WEEKLY, "freq": "MONTHLY", "byday": "-1SA,2SU"},
            "the last Saturday and the second Sunday of a month, 9 am to 5 pm",
        ),
        ({**WEEKLY, "interval": 2}, "every 2 weeks: Monday and Tuesday, 9 am to 5 pm"),
        (
            {**WEEKLY, "valid_from": "2026-06-01", "valid_to": "2026-08-31"},
            "Monday and Tuesday, 9 am to 5 pm, from 2026-06-01, until 2026-08-31",
        ),
        ({"freq": "MONTHLY", "bymonthday": 15}, "day 15 of a month"),
        ({"description": "By appointment"}, "Every day, By appointment"),
        ({**WEEKLY, "opens_at": "nine"}, "Monday and Tuesday, nine 17:00"),
    ],
)
def test_a_schedule_in_words(schedule: dict[str, Any], words: str) -> None:
    assert tell_schedule(schedule) == words


@pytest.mark.parametrize(
    "more",
    [
        {"interval": 2}, {"freq": "MONTHLY"}, {"byday": "1MO"}, {"valid_to": "2026-08-31"},
        {"description": "Ring twice"}, {"opens_at": "nine"}, {"opens_at": ""},
    ],
)  # fmt: skip
def test_what_rows_of_days_cannot_show_stays_as_it_is(more: dict[str, Any]) -> None:
    schedule = {**WEEKLY, **more}
    assert is_simple(WEEKLY) and not is_simple(schedule)
    document = {"id": "x", "schedules": [WEEKLY, schedule]}
    rows = (TypedHours(frozenset({6}), "10:00", "12:00"),)
    written = write_schedules(document, Typed(hours=rows))["schedules"]
    assert written[1:] == [schedule] and written[0]["byday"] == "SU"
    assert write_schedules(document, Typed(gone_hours=frozenset({"a"})))["schedules"] == []


def test_days_of_the_same_hours_are_one_row() -> None:
    each = [{**WEEKLY, "byday": day, "id": day} for day in ("MO", "TU", "WE")]
    assert read_hours(each) == (TypedHours(frozenset({0, 1, 2}), "09:00", "17:00"),)
    assert tell_hours({"schedules": each}) == [("", ["Monday to Wednesday, 9 am to 5 pm"])]


def test_hours_of_its_only_place_are_changed_there() -> None:
    link = {"id": "l", "location": {"id": "p"}, "schedules": [WEEKLY]}
    document = {"id": "x", "service_at_locations": [link]}
    assert find_schedules(document) == ("link", [WEEKLY])
    row = TypedHours(frozenset({0}), "10:00", "11:00")
    written = write_schedules(document, Typed(hours=(row,)))
    (changed,) = written["service_at_locations"]
    assert changed["schedules"][0]["opens_at"] == "10:00" and "schedules" not in written


def test_hours_of_a_place_itself_stay_with_it() -> None:
    location = {"id": "p", "schedules": [WEEKLY]}
    document = {"id": "x", "service_at_locations": [{"id": "l", "location": location}]}
    assert find_schedules(document)[0] == "location"
    row = TypedHours(frozenset({0}), "10:00", "11:00")
    written = write_schedules(document, Typed(hours=(row,)))
    assert written["service_at_locations"] == document["service_at_locations"]
    assert find_schedules(written)[0] == "service"
