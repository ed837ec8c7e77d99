"""A file on a phone that somebody else may look at."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

from bot.appointments.calendar_file import render_calendar_file
from bot.settings import ROOT
from bot.site import load_site
from tests.appointments.desk import SERVICE, slot


@pytest.mark.parametrize(("language", "title"), [("en", "Busy"), ("es", "Ocupado"), ("vi", "Busy")])
def test_it_says_when_and_nothing_else(language: str, title: str) -> None:
    text = render_calendar_file(slot(), language)
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
    assert event["SUMMARY"] == title and event["CLASS"] == "PRIVATE"
    assert (event.start, event.end) == (slot().starts_at, slot().ends_at)  # type: ignore[attr-defined]
    assert not event.subcomponents and set(calendar) == {"VERSION", "PRODID"}
    names = load_site(ROOT / "sites" / "demo").facts["service_name"], "waymark", SERVICE
    assert not re.search("|".join(names), text, re.IGNORECASE)


def test_its_id_leads_nowhere() -> None:
    ids = {
        str(Calendar.from_ical(render_calendar_file(slot(), "en")).walk("VEVENT")[0]["UID"])
        for _ in range(2)
    }
    assert len(ids) == 2 and str(slot().id) not in ids
