"""What was exported can be imported again, and that changes nothing."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.directory.exporting import export_csv, export_json, export_zip
from bot.directory.importing import open_package
from bot.directory.places import Places
from bot.settings import ROOT
from bot.store.capacities import find_capacities, save_capacity
from bot.store.directory_imports import find_imports
from tests.directory.conftest import Directory
from tests.directory.entries import later
from tests.directory.packages import nested, older, tabular, write_csv, write_json

NOTHING = {"new": 0, "changed": 0, "gone": 0}
PUBLIC = [
    "hsds/hsds3_examples/examples/csv",
    "hsds/hsds3_examples/examples/organization_full.json",
    "hsds/hsds3_examples/examples/service_at_location_full.json",
    "hsds/hsds3_examples/examples/service_full.json",
    "hsds/hsds3_examples/examples/service_list.json",
    "hsds/ohana_sample_csv",
]


def _export(directory: Directory, form: str, folder: Path) -> Path:
    if form == "json":
        path = folder / "out.json"
        directory.ask(lambda session: export_json(session, path))
        return path
    path = folder / "out"
    directory.ask(lambda session: export_csv(session, path))
    return path


def _assert_round_trip(directory: Directory, form: str, folder: Path, places: Places) -> Path:
    before, rows = directory.entries(), len(directory.rows())
    path = _export(directory, form, folder)
    package = open_package(path, places, "OR")
    assert (package.report.leaks, package.report.services) == ([], rows)
    directory.take(package, later(1))
    report = directory.ask(find_imports)[0].row.report
    assert directory.entries() == before
    assert {name: report[name] for name in NOTHING} == NOTHING
    assert before
    return path


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_demo_goes_round(
    directory: Directory, tmp_path: Path, places: Places, form: str
) -> None:
    directory.take(open_package(ROOT / "sites" / "demo" / "directory", places, "OR"))
    assert len(directory.entries()) == 45
    _assert_round_trip(directory, form, tmp_path, places)


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_package_goes_round(
    directory: Directory, tmp_path: Path, places: Places, shared_data: Path, name: str, form: str
) -> None:
    directory.take(open_package(shared_data / name, places, "OR"))
    _assert_round_trip(directory, form, tmp_path, places)


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("content", [tabular, older, nested])
def test_every_layout_goes_round(
    directory: Directory, tmp_path: Path, places: Places, content: Any, form: str
) -> None:
    made = content()
    write = write_json if isinstance(made, list) else write_csv
    directory.take(open_package(write(tmp_path / "in", made), places, "OR"))
    _assert_round_trip(directory, form, tmp_path, places)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_strange_words_and_what_nobody_knows_go_round(
    directory: Directory, tmp_path: Path, places: Places, shared_data: Path, form: str
) -> None:
    lines = (shared_data / "naughty_strings.jsonl").read_text(encoding="utf-8").split("\n")
    strings = [json.loads(line)["text"] for line in lines if line]
    items = [
        {
            **nested()[2],
            "id": f"svc-{number}",
            "description": text,
            "x_words": text,
            "contacts": [{"name": text}],
            "x_more": [{"note": text}, {"note": "more"}],
            "minimum_age": text,
        }
        for number, text in enumerate(strings)
    ]
    directory.take(open_package(write_json(tmp_path / "in", items), places, "OR"))
    assert len(directory.entries()) > 500
    _assert_round_trip(directory, form, tmp_path, places)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_confidential_place_leaves_without_an_address(
    directory: Directory, tmp_path: Path, places: Places, form: str
) -> None:
    directory.take(open_package(write_json(tmp_path, nested()), places, "OR"))
    path = _export(directory, form, tmp_path)
    package = open_package(path, places, "OR")
    (hidden,) = (one for one in package.listings if one["confidential"])
    assert (hidden["id"], hidden["address"]) == ("svc-1@loc-1", None)
    location = directory.entries()["svc-1"]["service_at_locations"][0]["location"]
    assert location.keys() == {"id", "location_type", "attributes"}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_capacity_goes_out_and_comes_back(
    directory: Directory, tmp_path: Path, places: Places, form: str
) -> None:
    directory.take(open_package(write_json(tmp_path, nested()), places, "OR"))
    said = (4, 10, "beds", None, datetime(2026, 3, 2, tzinfo=UTC))
    directory.ask(lambda session: save_capacity(session, "svc-1", *said))
    path = _assert_round_trip(directory, form, tmp_path, places)
    directory.clear()
    directory.take(open_package(path, places, "OR"))
    found = directory.ask(lambda session: find_capacities(session, ["svc-1"]))["svc-1"]
    assert (found.available, found.maximum, found.unit, found.reported_by) == said[:4]
    assert found.reported_at == said[4]


def test_a_zip_holds_the_same_tables(directory: Directory, tmp_path: Path, places: Places) -> None:
    directory.take(open_package(write_json(tmp_path, nested()), places, "OR"))
    path = tmp_path / "out.zip"
    assert directory.ask(lambda session: export_zip(session, path)) == 3
    folder = _export(directory, "csv", tmp_path)
    with zipfile.ZipFile(path) as package:
        told = {name: package.read(name) for name in package.namelist()}
    assert told == {file.name: file.read_bytes() for file in folder.glob("*.csv")}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_empty_directory_is_written_too(directory: Directory, tmp_path: Path, form: str) -> None:
    path = _export(directory, form, tmp_path)
    told = path.read_text() if form == "json" else (path / "services.csv").read_text()
    assert told == {"json": "[]\n", "csv": "id,organization_id\n"}[form]
