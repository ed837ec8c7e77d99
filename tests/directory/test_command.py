"""``waymark directory import`` and ``check``, as an operator or a script runs them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.cli import main
from tests.directory.conftest import Directory, Run
from tests.directory.packages import tabular, write_csv

LEAK = "an address of a confidential place"


@pytest.fixture
def directory(database_url: str) -> Directory:
    """The directory in the database that the test also reaches in another way."""
    return Directory(database_url)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "sound", tabular())


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    tables = tabular()
    tables["addresses"].append({"location_id": "loc-1", "address_1": "123 Elm Street"})
    del tables["services"][2]
    return write_csv(tmp_path / "leaking", tables)


def test_check_changes_nothing_and_import_everything_or_nothing(
    waymark: Run, sound: Path, leaking: Path, directory: Directory
) -> None:
    _assert_read(waymark("check", sound))
    assert directory.rows() == []

    assert _told(waymark("import", sound, "--json"), code=0) == {
        "ok": True,
        "services": 3,
        "confidential": 1,
        "rows_read": {f"{name}.csv": len(rows) for name, rows in tabular().items()},
        "rows_refused": [],
        "leaks": [],
    }
    imported = [row.id for row in directory.rows()]
    assert imported == ["svc-1@loc-1", "svc-2@loc-2", "svc-3"]

    refused = waymark("import", leaking, "--json")
    told = _told(refused, code=1)
    assert told["ok"] is False
    assert told["leaks"] == [{"file": "addresses.csv", "row": 3, "reason": LEAK}]
    assert "Elm" not in refused.stdout + refused.stderr
    assert [row.id for row in directory.rows()] == imported


def test_an_import_that_opens_what_is_confidential_here_is_refused_by_name(
    waymark: Run, sound: Path, directory: Directory, tmp_path: Path
) -> None:
    _told(waymark("import", sound, "--json"), code=0)
    imported, tables = directory.entries(), tabular()
    tables["attributes"] = [one for one in tables["attributes"] if one["link_id"] != "loc-1"]
    tables["services"][1]["name"] = "Clinic"
    unmarked = write_csv(tmp_path / "unmarked", tables)
    refused = waymark("import", unmarked, "--json")
    told = _told(refused, code=1)
    assert (told["ok"], told["opened"]) == (False, ["Harbor House shelter"])
    assert "take the mark away by hand" in str(told["problem"])
    plain = waymark("import", unmarked)
    assert (plain.returncode, plain.stdout, plain.stderr) == (1, "", refused.stderr)
    assert "Harbor House shelter" in plain.stderr and "Traceback" not in plain.stderr
    assert directory.entries() == imported


def _assert_read(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "     3 rows read from services.csv" in lines
    assert "     0 rows refused" in lines
    assert lines[-1] == "     3 services, 1 of them at confidential places"


def test_what_is_no_package_is_said_plainly(waymark: Run, tmp_path: Path) -> None:
    done = waymark("import", tmp_path / "missing.json", "--json")
    assert "missing.json" in done.stderr
    assert "Traceback" not in done.stderr
    told = _told(done, code=1)
    assert (told["ok"], "missing.json" in str(told["problem"])) == (False, True)


@pytest.mark.parametrize("arguments", [["import"], ["check"], [], ["import", "a", "b"]])
def test_wrong_use_is_another_exit_code(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["directory", *arguments])
    assert left.value.code == 2


def _told(done: subprocess.CompletedProcess[str], *, code: int) -> dict[str, object]:
    assert done.returncode == code
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told
