"""What a site may say of its people and their hours; anything else stops the start and is named."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.care.contact_hours import Window
from bot.care.waiting import Team, are_hours
from bot.errors import SiteError
from bot.settings import ROOT
from bot.site import load_site
from bot.site_teams import Desk, parse_desk, parse_teams

SITE = Path("site.toml")
ZONE = ZoneInfo("America/Los_Angeles")
HOURS = {"days": ["mo", "fr"], "opens": "09:00", "closes": "17:30"}
TEAM = {"name": "Day", "languages": ["en"], "hours": [HOURS]}


def teams(*written: Any) -> tuple[Team, ...]:
    return parse_teams(SITE, {"languages": ["en", "es"], "teams": list(written)})


def test_a_team_has_its_hours() -> None:
    window = Window(frozenset({0, 4}), time(9), time(17, 30))
    assert teams(TEAM) == (Team("Day", ("en",), (window,)),)


def test_a_site_without_a_word_of_it_has_no_teams_and_usual_times() -> None:
    assert parse_teams(SITE, {"languages": ["en"]}) == ()
    assert parse_desk(SITE, {}) == Desk(timedelta(minutes=10), timedelta(minutes=10))


def test_a_site_chooses_its_times() -> None:
    desk = parse_desk(SITE, {"desk": {"silent_after_minutes": 5, "told_after_minutes": 20}})
    assert desk == Desk(timedelta(minutes=5), timedelta(minutes=20))


@pytest.mark.parametrize("hour", range(24))
def test_around_the_clock_is_at_every_hour(hour: int) -> None:
    always = {"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00"}
    found = teams({**TEAM, "hours": [{**always, "closes": "24:00"}]})
    for minute in (0, 59):
        assert are_hours(found, "en", datetime(2026, 11, 1, hour, minute, 59, tzinfo=ZONE))


def test_until_midnight_ends_at_midnight() -> None:
    found = teams({**TEAM, "hours": [{**HOURS, "closes": "24:00"}]})
    assert are_hours(found, "en", datetime(2026, 11, 2, 23, 59, tzinfo=ZONE))
    assert not are_hours(found, "en", datetime(2026, 11, 3, 0, 0, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({**TEAM, "name": ""}, "a name"),
        ({**TEAM, "name": 7}, "a name"),
        ({**TEAM, "languages": []}, "'Day' languages"),
        ({**TEAM, "languages": ["fr"]}, "'Day' languages"),
        ({**TEAM, "languages": [{}]}, "'Day' languages"),
        ({**TEAM, "languages": "en"}, "'Day' languages"),
        ({**TEAM, "hours": []}, "'Day' hours"),
        ({**TEAM, "hours": ["9 to 5"]}, "days, opens and closes"),
        ({**TEAM, "hours": [{"opens": "09:00", "closes": "17:00"}]}, "days, opens and closes"),
        ({**TEAM, "hours": [{**HOURS, "days": ["monday"]}]}, "days out of mo"),
        ({**TEAM, "hours": [{**HOURS, "opens": "9:00"}]}, "such as 09:00"),
        ({**TEAM, "hours": [{**HOURS, "opens": "24:00"}]}, "such as 09:00"),
        ({**TEAM, "hours": [{**HOURS, "closes": "25:00"}]}, "such as 09:00"),
        ({**TEAM, "hours": [{**HOURS, "closes": 17}]}, "such as 09:00"),
        ({**TEAM, "hours": [{**HOURS, "closes": "09:00"}]}, "at once"),
        ({**TEAM, "phone": "555-0100"}, "only name, languages and hours"),
        ("Day", r"\[\[teams\]\]"),
    ],
)
def test_what_cannot_be_kept_is_named(written: Any, named: str) -> None:
    with pytest.raises(SiteError, match=named):
        teams(written)


def test_two_teams_of_one_name_are_refused() -> None:
    with pytest.raises(SiteError, match="two teams"):
        teams(TEAM, TEAM)


@pytest.mark.parametrize(
    "desk",
    [
        {"silent_after_minutes": 1},
        {"silent_after_minutes": 121},
        {"told_after_minutes": 2.5},
        {"told_after_minutes": True},
        {"told_after_minutes": "10"},
        {"silent_after": 10},
        [],
    ],
)
def test_times_that_would_leave_somebody_alone_are_refused(desk: Any) -> None:
    with pytest.raises(SiteError, match=r"\[desk\]"):
        parse_desk(SITE, {"desk": desk})


def test_the_demo_can_be_tried_at_any_hour() -> None:
    site = load_site(ROOT / "sites" / "demo")
    assert all(
        are_hours(site.teams, language, datetime(2026, 11, 1, hour, tzinfo=site.timezone))
        for hour in range(24)
        for language in site.languages
    )
