"""``waymark directory export``, ``undo`` and ``due``, as an operator or a script runs them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.directory.areas import Areas
from tests.directory.conftest import Directory, Run
from tests.directory.entries import Desk
from tests.directory.packages import nested, tabular, write_csv, write_json

TODAY = datetime.now(UTC).date()


@pytest.fixture
def directory(database_url: str) -> Directory:
    """The directory in the database that the test also reaches in another way."""
    return Directory(database_url)


@pytest.fixture
def imported(waymark: Run, tmp_path: Path) -> None:
    """A directory that a command has put there."""
    assert waymark("import", write_csv(tmp_path / "in", tabular())).returncode == 0


def test_export_writes_json_or_a_folder_of_tables(
    waymark: Run, imported: None, tmp_path: Path
) -> None:
    done = waymark("export", tmp_path / "out.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 services written to ")
    told = json.loads((tmp_path / "out.json").read_text())
    assert [one["organization"]["name"] for one in told] == [
        "Harbor House",
        "River Clinic",
        "National Line",
    ]
    assert waymark("export", tmp_path / "out", "--csv").returncode == 0
    with (tmp_path / "out" / "services.csv").open() as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["svc-1", "svc-2", "svc-3"]
    assert waymark("check", tmp_path / "out").returncode == 0
    assert waymark("check", tmp_path / "out.json").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["out"], "add --csv"),
        (["in", "--csv"], "is not empty"),
        (["nowhere/out.json"], "nowhere"),
    ],
)
def test_export_never_writes_over_a_folder(
    waymark: Run, imported: None, tmp_path: Path, arguments: list[str], reason: str
) -> None:
    before = sorted(tmp_path.rglob("*.csv"))
    done = waymark("export", tmp_path / arguments[0], *arguments[1:])
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*.csv")) == before


def test_undo_puts_back_what_was_there_before_the_last_import(
    waymark: Run, imported: None, tmp_path: Path, directory: Directory
) -> None:
    entries = directory.entries()
    assert waymark("import", write_json(tmp_path / "other", nested()[:1])).returncode == 0
    assert list(directory.entries()) == ["svc-1"]
    done = waymark("undo", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["file"]) == (0, True, "package.json")
    assert directory.entries() == entries
    assert [row.id for row in directory.rows()] == ["svc-1@loc-1", "svc-2@loc-2", "svc-3"]


def test_undo_does_not_take_edits_away_unasked(
    waymark: Run, imported: None, directory: Directory, areas: Areas
) -> None:
    desk = Desk(directory, areas)
    desk.save({**desk.find("svc-2").document, "name": "Free clinic"})
    done = waymark("undo", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["entries"]) == (1, False, ["svc-2"])
    refused = waymark("undo")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--force" in refused.stderr
    assert len(directory.entries()) == 3
    assert waymark("undo", "--force").returncode == 0
    assert directory.entries() == {}
    nothing = waymark("undo")
    assert (nothing.returncode, nothing.stderr) == (1, "There is no import that can be undone.\n")


def test_due_names_what_nobody_made_sure_of_for_a_year(
    waymark: Run, tmp_path: Path, directory: Directory
) -> None:
    tables = tabular()
    dates = [TODAY - timedelta(days=366), TODAY - timedelta(days=365), None]
    for service, day in zip(tables["services"], dates, strict=True):
        service["assured_date"] = day.isoformat() if day else ""
    assert waymark("import", write_csv(tmp_path / "in", tables)).returncode == 0
    done = waymark("due", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == [
        {
            "id": "svc-1",
            "name": "Harbor House shelter",
            "organization": "Harbor House",
            "assured": dates[0].isoformat() if dates[0] else None,
        },
        {"id": "svc-3", "name": "Talk line", "organization": "National Line", "assured": None},
    ]
    told = waymark("due").stdout.splitlines()
    assert told[1] == "svc-3: Talk line (National Line), never"


def test_nothing_due_is_said_by_the_exit_code(
    waymark: Run, tmp_path: Path, directory: Directory
) -> None:
    tables = tabular()
    for service in tables["services"]:
        service["assured_date"] = TODAY.isoformat()
    assert waymark("import", write_csv(tmp_path / "in", tables)).returncode == 0
    done = waymark("due", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
