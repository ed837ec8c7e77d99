"""A worker's house with a site of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.appointments.desk import NOW
from tests.appointments.radicale import CalendarServer, open_radicale
from tests.worker.conftest import open_settings
from worker.house import House, build

MakeHouse = Callable[[str], House]


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[CalendarServer]:
    """A provider's CalDAV server."""
    folder = tmp_path / "radicale"
    folder.mkdir()
    with open_radicale(folder) as server:
        yield server


@pytest.fixture
def make_house(tmp_path: Path, plain_database_url: str) -> MakeHouse:
    """Builds a house whose site has the calendars that a text describes."""

    def make(calendars: str) -> House:
        site = tmp_path / "site"
        site.mkdir(exist_ok=True)
        shutil.copy(ROOT / "sites" / "demo" / "site.toml", site)
        (site / "calendars.toml").write_text(calendars)
        settings = open_settings(tmp_path / "home", plain_database_url, WAYMARK_SITE=str(site))
        return replace(build(settings), now=lambda: NOW)

    return make
