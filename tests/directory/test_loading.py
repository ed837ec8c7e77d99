"""A start loads the site's own directory once, and again when it has changed."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.directory import load_directory
from bot.directory.areas import Areas
from bot.directory.errors import PackageUnreadable
from bot.directory.importing import open_package
from bot.directory.places import Places
from bot.directory.report import Report
from bot.settings import ROOT, Settings, load
from bot.site import load_site
from tests.directory.conftest import Directory
from tests.directory.entries import Desk
from tests.directory.listings import make_listing
from tests.directory.packages import nested, tabular, write_csv, write_json


@pytest.fixture
def directory(database_url: str) -> Directory:
    """The directory in the database that the test also reaches in another way."""
    return Directory(database_url)


@pytest.fixture
def settings(tmp_path: Path, plain_database_url: str) -> Settings:
    """A site whose directory is ours."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "home").mkdir()
    for name in ("site.toml", "places.toml"):
        shutil.copy(ROOT / "sites" / "demo" / name, site)
    write_csv(site / "directory", tabular())
    return load(
        {
            "WAYMARK_HOME": str(tmp_path / "home"),
            "WAYMARK_SITE": str(site),
            "WAYMARK_DATABASE_URL": plain_database_url,
        }
    )


def _start(settings: Settings) -> Report | None:
    return asyncio.run(load_directory(settings, load_site(settings.site_path)))


def test_directory_is_loaded_once(settings: Settings, directory: Directory) -> None:
    report = _start(settings)
    assert report is not None
    assert report.services == len(directory.rows()) == 3
    directory.save([])
    assert _start(settings) is None
    assert directory.rows() == []


def test_changed_directory_is_loaded_again(settings: Settings, directory: Directory) -> None:
    _start(settings)
    _change(settings)
    assert _start(settings) is not None
    assert "Walk-in clinic, renamed" in directory.names()


def test_an_edited_directory_is_not_replaced_any_more(
    settings: Settings, directory: Directory, areas: Areas, capsys: pytest.CaptureFixture[str]
) -> None:
    _start(settings)
    desk = Desk(directory, areas)
    desk.save({**desk.find("svc-2").document, "name": "Edited clinic"})
    assert _start(settings) is None
    assert capsys.readouterr().out == ""
    _change(settings)
    for _ in range(2):
        assert _start(settings) is None
        (line,) = capsys.readouterr().out.splitlines()
        assert f"waymark directory import {settings.site_path / 'directory'}" in line
    assert "Edited clinic" in directory.names()


def test_what_a_command_imported_is_not_replaced_any_more(
    settings: Settings, directory: Directory, places: Places, tmp_path: Path
) -> None:
    _start(settings)
    directory.take(open_package(write_json(tmp_path / "other", nested()[:1]), places, "OR"))
    _change(settings)
    assert _start(settings) is None
    assert directory.names() == ["Harbor House shelter"]


@pytest.mark.parametrize("same", [True, False])
def test_listings_from_before_there_were_entries_get_them(
    settings: Settings, directory: Directory, capsys: pytest.CaptureFixture[str], same: bool
) -> None:
    _start(settings)
    listings = [] if same else [make_listing("somebody-elses")]
    rows = [row.id for row in directory.rows()]
    directory.ask(_forget_entries)
    if listings:
        directory.save(listings)
    assert (_start(settings) is not None) is same
    assert sorted(directory.entries()) == (["svc-1", "svc-2", "svc-3"] if same else [])
    assert [row.id for row in directory.rows()] == (rows if same else ["somebody-elses"])
    assert ("Import their own package again" in capsys.readouterr().out) is not same


async def _forget_entries(session: AsyncSession) -> None:
    await session.execute(text("TRUNCATE entry, entry_change, directory_import"))


def _change(settings: Settings) -> None:
    tables = tabular()
    tables["services"][1]["name"] = "Walk-in clinic, renamed"
    write_csv(settings.site_path / "directory", tables)


def test_moved_town_moves_its_services(settings: Settings, directory: Directory) -> None:
    _start(settings)
    file = settings.site_path / "places.toml"
    file.write_text(file.read_text().replace("44.62", "44.72"))
    assert _start(settings) is not None
    assert directory.rows()[0].latitude == 44.72


def test_directory_that_leaks_stops_the_start(settings: Settings, directory: Directory) -> None:
    _start(settings)
    tables = tabular()
    tables["locations"][0]["latitude"] = "44.62"
    write_csv(settings.site_path / "directory", tables)
    with pytest.raises(PackageUnreadable, match="run: waymark directory check"):
        _start(settings)
    assert len(directory.rows()) == 3


def test_site_without_a_directory_is_fine(settings: Settings, directory: Directory) -> None:
    shutil.rmtree(settings.site_path / "directory")
    assert _start(settings) is None
    assert directory.rows() == []
