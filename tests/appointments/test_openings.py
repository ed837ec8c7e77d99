"""What feeds offer, in real time: daylight saving, repetitions, other zones, and what is busy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.appointments.calendars import FREE, ICAL, Calendar
from bot.appointments.errors import CalendarUnreadable
from bot.appointments.openings import parse_openings
from bot.appointments.publication import render_booking

PACIFIC = ZoneInfo("America/Los_Angeles")
AUTUMN = datetime(2026, 10, 30, tzinfo=UTC)  # clocks go back on November 1, 2026
SPRING = datetime(2027, 3, 12, tzinfo=UTC)  # and forward on March 14, 2027
ALL = Calendar("clinic", "svc-8", ICAL, PACIFIC, events=FREE)
MARKED = Calendar("clinic", "svc-8", ICAL, PACIFIC)


def event(*lines: str, uid: str = "one") -> str:
    """A VEVENT."""
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))


def feed(*parts: str) -> str:
    """A VCALENDAR."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN")
    return "\r\n".join((*head, *parts, "END:VCALENDAR", ""))


def starts(text: str, now: datetime, calendar: Calendar = ALL) -> list[str]:
    """When the slots begin, in UTC."""
    slots = parse_openings([text], calendar, now)
    return [f"{slot.starts_at:%m-%d %H:%M}" for slot in slots]


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_go_back() -> None:
    daily = event(
        "DTSTART;TZID=America/Los_Angeles:20261031T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=3",
    )
    assert starts(feed(daily), AUTUMN) == ["10-31 16:00", "11-01 17:00", "11-02 17:00"]


def test_and_when_they_go_forward() -> None:
    daily = event(
        "DTSTART;TZID=America/Los_Angeles:20270313T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=3",
    )
    assert starts(feed(daily), SPRING) == ["03-13 17:00", "03-14 16:00", "03-15 16:00"]


def test_the_hour_that_spring_leaves_out_is_an_hour_later() -> None:
    night = event("DTSTART;TZID=America/Los_Angeles:20270314T023000", "DURATION:PT30M")
    assert starts(feed(night), SPRING) == ["03-14 10:30"]
    nightly = event(
        "DTSTART;TZID=America/Los_Angeles:20270313T023000",
        "DTEND;TZID=America/Los_Angeles:20270313T030000",
        "RRULE:FREQ=DAILY;COUNT=3",
    )
    assert starts(feed(nightly), SPRING) == ["03-13 10:30", "03-14 10:30", "03-15 09:30"]


def test_the_hour_that_autumn_has_twice_is_cut_in_real_time() -> None:
    calendar = Calendar("clinic", "svc-8", ICAL, PACIFIC, events=FREE, slot_minutes=60)
    night = event(
        "DTSTART;TZID=America/Los_Angeles:20261101T000000",
        "DTEND;TZID=America/Los_Angeles:20261101T030000",
    )
    expected = ["11-01 07:00", "11-01 08:00", "11-01 09:00", "11-01 10:00"]
    assert starts(feed(night), AUTUMN, calendar) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20261105T090000", "11-05 17:00"),  # floating: the calendar's own zone
        ("DTSTART:20261105T090000Z", "11-05 09:00"),
        ("DTSTART;TZID=Europe/Madrid:20261105T090000", "11-05 08:00"),
        ("DTSTART;TZID=Pacific Standard Time:20261105T090000", "11-05 17:00"),  # as Outlook says
        ("DTSTART;TZID=Asia/Kolkata:20261105T090000", "11-05 03:30"),
    ],
)
def test_each_way_to_say_a_time(start: str, expected: str) -> None:
    assert starts(feed(event(start, "DURATION:PT1H")), AUTUMN) == [expected]


def test_a_zone_that_a_feed_brings_along_is_used() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:-0300\r\nTZOFFSETTO:-0300\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    repeated = event(
        "DTSTART;TZID=Office:20261105T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"
    )
    assert starts(feed(zone, repeated), AUTUMN) == ["11-05 12:00", "11-06 12:00"]


def test_exceptions_and_moved_ones_of_a_repeated_event() -> None:
    weekly = event(
        "DTSTART;TZID=America/Los_Angeles:20261102T100000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        "EXDATE;TZID=America/Los_Angeles:20261109T100000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=America/Los_Angeles:20261116T100000",
        "DTSTART;TZID=America/Los_Angeles:20261117T140000",
        "DURATION:PT1H",
    )
    called_off = event(
        "RECURRENCE-ID;TZID=America/Los_Angeles:20261123T100000",
        "DTSTART;TZID=America/Los_Angeles:20261123T100000",
        "DURATION:PT1H",
        "STATUS:CANCELLED",
    )
    found = starts(feed(weekly, moved, called_off), AUTUMN)
    assert found == ["11-02 18:00", "11-17 22:00"]


def test_repetitions_are_looked_for_eight_weeks_ahead_and_not_behind() -> None:
    daily = event("DTSTART:20200101T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    assert len(starts(feed(daily), AUTUMN)) == 56


def test_only_marked_events_are_openings_and_busy_ones_take_their_time_away() -> None:
    calendar = Calendar("clinic", "svc-8", ICAL, PACIFIC, slot_minutes=30)
    text = feed(
        event("DTSTART:20261105T170000Z", "DURATION:PT2H", "TRANSP:TRANSPARENT", uid="free"),
        event("DTSTART:20261106T170000Z", "DURATION:PT1H", "CATEGORIES:Team,Open", uid="open"),
        event("DTSTART:20261105T173000Z", "DURATION:PT1H", uid="meeting"),
        event(
            "DTSTART;VALUE=DATE:20261106",
            uid="holiday",
        ),
    )
    assert starts(text, AUTUMN, calendar) == ["11-05 17:00", "11-05 18:30"]


def test_what_the_house_wrote_is_no_opening_and_takes_none_away() -> None:
    text = feed(event("DTSTART:20261105T170000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"))
    (opening,) = parse_openings([text], MARKED, AUTUMN)
    own = render_booking(uuid4(), opening, None, PACIFIC, AUTUMN)
    assert parse_openings([text, own], MARKED, AUTUMN) == [opening]
    assert parse_openings([own], ALL, AUTUMN) == []


def test_a_whole_day_is_no_opening() -> None:
    assert starts(feed(event("DTSTART;VALUE=DATE:20261105")), AUTUMN) == []


def test_nothing_that_an_event_says_is_kept() -> None:
    told = event(
        "DTSTART:20261105T170000Z",
        "DURATION:PT1H",
        "SUMMARY:Maria Lopez",
        "ATTENDEE;CN=Maria:mailto:maria@example.org",
        "LOCATION:12 Hidden Road",
        uid="maria@example.org",
    )
    (found,) = parse_openings([feed(told)], ALL, AUTUMN)
    assert not {"maria", "lopez", "hidden"} & set(repr(found).casefold().replace("@", " ").split())
    assert "maria" not in repr(found).casefold()


def test_a_slot_keeps_its_id_and_no_other_has_it() -> None:
    two = feed(
        event("DTSTART:20261105T170000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
        event("DTSTART:20261105T170000Z", "DURATION:PT1H", uid="two"),
    )
    first = [slot.id for slot in parse_openings([two], ALL, AUTUMN)]
    later = [slot.id for slot in parse_openings([two], ALL, AUTUMN + timedelta(hours=1))]
    assert first == later and len(set(first)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>Sign in</html>",
        "BEGIN:VCALENDAR",
        "\x00\xff\x00",
        feed(event("DTSTART:nonsense", "DURATION:PT1H")),
        feed(event("DURATION:PT1H")),
        feed(event("DTSTART:20261105T170000Z", "EXDATE:nonsense", "RRULE:FREQ=DAILY")),
        feed(event("DTSTART:20261105T170000Z", "DURATION:P99999999999D")),
        feed(event("DTSTART:99991231T235900Z", "DURATION:PT1H")),
        feed(event("DTSTART:20261105T170000Z", "DURATION:PT1H", "RRULE:FREQ=NEVER")),
        feed(event("DTSTART:20261105T170000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY")),
        feed(
            event(
                "DTSTART:20261105T170000Z",
                "DURATION:PT1H",
                f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,30",
            )
        ),
        feed(event("DTSTART;TZID=Mars/Base:20261105T090000", "DURATION:PT1H")),
        feed(
            event(
                "DTSTART;TZID=America/Los_Angeles:20261105T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE;TZID=Mars/Base:20261106T090000",
            )
        ),
        feed(*(event("DTSTART:20261105T170000Z", "DURATION:PT1H") for _ in range(20_001))),
        "BEGIN:VCALENDAR\r\n" * 5000,
    ],
    ids=range(16),
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused_as_a_whole(text: str) -> None:
    good = feed(event("DTSTART:20261105T170000Z", "DURATION:PT1H", uid="good"))
    with pytest.raises(CalendarUnreadable):
        parse_openings([good, text], ALL, AUTUMN)


def test_an_endless_opening_is_cut_no_farther_than_eight_weeks() -> None:
    calendar = Calendar("clinic", "svc-8", ICAL, PACIFIC, events=FREE, slot_minutes=60)
    endless = event("DTSTART:19700101T000000Z", "DTEND:29700101T000000Z")
    assert len(starts(feed(endless), AUTUMN, calendar)) == 56 * 24 - 1
    five = Calendar("clinic", "svc-8", ICAL, PACIFIC, events=FREE, slot_minutes=5)
    with pytest.raises(CalendarUnreadable):
        starts(feed(endless), AUTUMN, five)


WHOLE = feed(
    event(
        "DTSTART;TZID=America/Los_Angeles:20261102T100000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        "EXDATE;TZID=America/Los_Angeles:20261109T100000",
    ),
    event("DTSTART:20261105T170000Z", "DTEND:20261105T180000Z", "CATEGORIES:Open", uid="two"),
)


@given(st.integers(0, len(WHOLE)), st.integers(0, 12), st.text(max_size=12))
def test_a_damaged_feed_is_read_or_refused_and_nothing_else(at: int, cut: int, put: str) -> None:
    damaged = WHOLE[:at] + put + WHOLE[at + cut :]
    try:
        slots = parse_openings([damaged], MARKED, AUTUMN)
    except CalendarUnreadable:
        return
    assert all(slot.starts_at < slot.ends_at for slot in slots)
