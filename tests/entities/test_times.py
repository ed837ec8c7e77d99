"""Times, counted from Wednesday 25 November 2026, 10:00. Each is "day from-until"."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.directory.places import Places
from bot.entities.entity import Entity, Kind
from bot.entities.finding import find_entities
from tests.entities.conftest import Find


def _short(entity: Entity) -> str:
    assert isinstance(entity.value, dict)
    day, after, before = (entity.value[key] or "" for key in ("day", "from", "until"))
    return f"{day} {after}-{before}".strip()


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("tmrw after 3", ["2026-11-26 15:00-"]),
        ("tmr", ["2026-11-26 -"]),
        ("2mrw 10am", ["2026-11-26 10:00-"]),
        ("tommorow at noon", ["2026-11-26 12:00-"]),
        ("mñn", ["2026-11-26 -"]),
        ("manana", ["2026-11-26 -"]),
        ("mañana por la mañana", ["2026-11-26 06:00-12:00"]),
        ("mañana en la tarde", ["2026-11-26 12:00-19:00"]),
        ("mañana a las 9 de la mañana", ["2026-11-26 09:00-"]),
        ("pasado mañana", ["2026-11-27 -"]),
        ("day after tomorrow", ["2026-11-27 -"]),
        ("hoy a las 2", ["2026-11-25 14:00-"]),
        ("tonight", ["2026-11-25 19:00-23:00"]),
        ("esta noche", ["2026-11-25 19:00-23:00"]),
        ("el martes por la tarde", ["2026-12-01 12:00-19:00"]),
        ("wednesday", ["2026-12-02 -"]),
        ("this wednesday", ["2026-11-25 -"]),
        ("monday", ["2026-11-30 -"]),
        ("next fri 10am", ["2026-12-04 10:00-"]),
        ("el próximo viernes", ["2026-11-27 -"]),
        ("el lunes que viene", ["2026-11-30 -"]),
        ("la semana que viene, el jueves", ["2026-12-03 -"]),
        ("sab por la mañana", ["2026-11-28 06:00-12:00"]),
        ("lun a las 10", ["2026-11-30 10:00-"]),
        ("sat or sun", ["2026-11-28 -", "2026-11-29 -"]),
        ("weekends", ["2026-11-28 -", "2026-11-29 -"]),
        ("los fines de semana", ["2026-11-28 -", "2026-11-29 -"]),
        ("tuesdays and thursdays after 5", ["2026-11-26 17:00-", "2026-12-01 17:00-"]),
        ("martes y jueves de 6 a 8", ["2026-11-26 18:00-20:00", "2026-12-01 18:00-20:00"]),
        ("monday at 3, tuesday at 5", ["2026-11-30 15:00-", "2026-12-01 17:00-"]),
        ("9-11am friday", ["2026-11-27 09:00-11:00"]),
        ("friday 10 to 12", ["2026-11-27 10:00-12:00"]),
        ("in 2 weeks", ["2026-12-09 -"]),
        ("en dos semanas", ["2026-12-09 -"]),
        ("dentro de 3 días", ["2026-11-28 -"]),
        ("in an hour", ["2026-11-25 11:00-"]),
        ("en 20 minutos", ["2026-11-25 10:20-"]),
        ("march 12 at 9:30", ["2027-03-12 09:30-"]),
        ("el 14 de marzo a las 3", ["2027-03-14 15:00-"]),
        ("the 14th", ["2026-12-14 -"]),
        ("thursday the 9th", ["2026-12-09 -"]),
        ("12/05/2026 at 2pm", ["2026-12-05 14:00-"]),
        ("el lunes no, el martes", ["2026-12-01 -"]),
        ("not monday, tuesday", ["2026-12-01 -"]),
    ],
)
def test_days(find: Find, text: str, times: list[str]) -> None:
    assert [_short(entity) for entity in find(text, Kind.TIME)] == times


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("in the morning", "06:00-12:00"),
        ("por la tarde", "12:00-19:00"),
        ("evenings after 7", "19:00-21:00"),
        ("en la madrugada", "00:00-06:00"),
        ("at 6", "18:00-"),
        ("at 7", "07:00-"),
        ("at 12", "12:00-"),
        ("a las 18", "18:00-"),
        ("at 8 in the evening", "20:00-"),
        ("a las siete de la noche", "19:00-"),
        ("a las tres y media", "15:30-"),
        ("un cuarto para las 5", "16:45-"),
        ("half past two", "14:30-"),
        ("after 3", "15:00-"),
        ("después de las 3", "15:00-"),
        ("before 5", "-17:00"),
        ("antes del mediodía", "-12:00"),
        ("until 11", "-11:00"),
        ("between 9 and 11", "09:00-11:00"),
        ("entre la 1 y las 2:30", "13:00-14:30"),
        ("de 8 a 2", "08:00-14:00"),
        ("11 to 2pm", "11:00-14:00"),
        ("10pm to 2am", "22:00-"),
        ("two o'clock", "14:00-"),
        ("330pm", "15:30-"),
        ("9:30", "09:30-"),
        ("los dos en la mañana", "06:00-12:00"),
    ],
)
def test_hours_without_a_day(find: Find, text: str, hours: str) -> None:
    assert [_short(entity) for entity in find(text, Kind.TIME)] == [hours]


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "2",
        "a",
        "97401",
        "541-555-0142",
        "call me at 541 555 0142",
        "$300",
        "at $5",
        "24/7",
        "1/2",
        "25 o'clock",
        "25:00",
        "at 25",
        "9:75",
        "31 february",
        "february 31",
        "el 31 de febrero",
        "march 3 2030",
        "12/5/2029",
        "13/45",
        "2 kids",
        "after 3 months",
        "about 8 people",
        "at 18 i left home",
        "the 2nd one",
        "el 2",
        "more about 1",
        "i sat with my mom",
        "the sun",
        "good morning",
        "buenas tardes",
        "last night",
        "anoche",
        "last friday",
        "el viernes pasado",
        "2 days ago",
        "i havent eaten in 2 days",
        "cualquier día menos viernes",
        "any day but friday",
        "no puedo el lunes",
        "not at night",
        "since monday",
        "hasta mañana",
        "at once",
        "at one point",
        "i may be late",
        "next week",
        "all night",
        "ages 4 and 7",
        "someone to talk to",
        "911",
        "room 12",
        "section 8",
        "semana santa",
    ],
)
def test_no_time(find: Find, text: str) -> None:
    assert find(text, Kind.TIME) == []


def test_day_is_the_persons_not_the_worlds(places: Places) -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
    (entity,) = find_entities("tomorrow", now=late, places=places)
    assert _short(entity) == "2026-11-26 -"


def test_what_was_typed_is_led_back_to(find: Find) -> None:
    text = "hola ¿podría ser el MARTES, por la tarde?"
    (entity,) = find(text, Kind.TIME)
    assert entity.text == "MARTES, por la tarde" == text[entity.start : entity.end]
