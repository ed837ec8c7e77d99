"""What a site says of its calendars; whatever is wrong with it is named."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.appointments.addresses import find_address
from bot.appointments.calendars import CALDAV, Calendar, load_calendars, parse_calendars
from bot.appointments.openings import parse_openings
from bot.directory.importing import parse_package
from bot.directory.places import load_places
from bot.errors import SettingError, SiteError
from bot.settings import ROOT
from bot.site import load_site

PACIFIC = ZoneInfo("America/Los_Angeles")
DEMO = load_site(ROOT / "sites" / "demo")
GOOD = """
name = "clinic"
service = "svc-08@loc-08"
kind = "caldav"
url_env = "CLINIC_URL"
user_env = "CLINIC_USER"
password_env = "CLINIC_PASSWORD"
"""
CLINIC = Calendar(
    "clinic", "svc-08@loc-08", CALDAV, PACIFIC,
    url_env="CLINIC_URL", user_env="CLINIC_USER", password_env="CLINIC_PASSWORD",
)  # fmt: skip
ENV = {"CLINIC_URL": "https://cloud.example/c/", "CLINIC_USER": "us", "CLINIC_PASSWORD": "secret"}


def read(text: str, folder: Path = ROOT) -> tuple[Calendar, ...]:
    """The calendars of a file with this text."""
    content = tomllib.loads(f"[[calendars]]\n{text}")
    return parse_calendars(folder / "calendars.toml", content, PACIFIC)


def test_a_calendar_as_it_is_described() -> None:
    more = (
        'timezone = "America/Boise"\nlanguages = ["es"]\nprovider_gender = "woman"\nremote = true'
    )
    assert read(GOOD) == (CLINIC,)
    assert read(GOOD + more) == (
        replace(
            CLINIC,
            timezone=ZoneInfo("America/Boise"),
            languages=("es",),
            provider_gender="woman",
            remote=True,
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "clinic"', 'name = "The Clinic"', "a name of small letters"),
        ('name = "clinic"', "", "a name of small letters"),
        ('service = "svc-08@loc-08"', "", "'clinic' needs a service"),
        ('kind = "caldav"', 'kind = "outlook"', "'clinic' needs as kind one of caldav, file, ical"),
        ('kind = "caldav"', "", "needs as kind"),
        ('url_env = "CLINIC_URL"', "", "needs one of url, url_env"),
        ('kind = "caldav"', 'kind = "file"\nfile = "../../etc/passwd"', "not in the site pack"),
        ('kind = "caldav"', 'kind = "file"', "needs one of file"),
        ("\n", "\nfree = true\n", "may not hold free"),
        ("\n", "\nslot_minutes = 0\n", "needs slot_minutes between 5 and 1440"),
        ("\n", "\nslot_minutes = true\n", "needs slot_minutes"),
        ("\n", '\nremote = "yes"\n', "needs true or false as remote"),
        ("\n", '\nlanguages = "es"\n', "needs as languages"),
        ("\n", '\nprovider_gender = "female"\n', "one of man, nonbinary, woman"),
        ("\n", '\ntimezone = "Mars/Base"\n', "a timezone that does not exist"),
        ("\n", '\ntimezone = "../../etc"\n', "a timezone that does not exist"),
        ("\n", '\nevents = "some"\n', "one of free, marked"),
        (GOOD, f"{GOOD}[[calendars]]\n{GOOD}", "two calendars of one name"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SiteError, match=told):
        read(GOOD.replace(old, new, 1), tmp_path)


def test_an_address_is_read_when_it_is_needed_and_never_shown() -> None:
    address = find_address(CLINIC, ENV)
    assert address.url.reveal() == "https://cloud.example/c/"
    assert "cloud" not in repr(address) and "secret" not in repr(address)
    webcal = find_address(CLINIC, {**ENV, "CLINIC_URL": "webcal://cloud.example/c/"})
    assert webcal.url.reveal() == address.url.reveal()


@pytest.mark.parametrize("url", ["", "http://cloud.example/", "ftp://x", "https://", "file:///etc"])
def test_an_address_that_others_could_read_along_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="CLINIC_URL"):
        find_address(CLINIC, {**ENV, "CLINIC_URL": url})


@pytest.mark.parametrize("weeks", range(0, 52, 13))
def test_the_demo_always_has_openings_of_services_that_exist(weeks: int) -> None:
    listings, _ = parse_package(DEMO.path / "directory", load_places(DEMO.path), DEMO.home_state)
    services = {listing["id"] for listing in listings}
    now = datetime(2026, 11, 28, tzinfo=UTC) + timedelta(weeks=weeks)
    for calendar in load_calendars(DEMO):
        assert calendar.file and calendar.service_id in services
        slots = parse_openings([calendar.file.read_text()], calendar, now)
        assert len(slots) > 50
        hours = {slot.starts_at.astimezone(DEMO.timezone).hour for slot in slots}
        assert hours <= set(range(8, 20))
