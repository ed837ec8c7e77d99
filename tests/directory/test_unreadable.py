"""A package that is no package at all is refused as a whole, with one plain sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.directory.errors import PackageUnreadable
from bot.directory.importing import open_package, parse_package
from bot.directory.package import LARGEST_FIELD
from bot.directory.places import Places
from tests.directory.packages import nested, tabular, write_csv, write_json


def _refuses(path: Path, places: Places) -> str:
    with pytest.raises(PackageUnreadable) as refusal:
        parse_package(path, places)
    assert str(path) in str(refusal.value)
    return str(refusal.value)


def test_folder_without_services_is_none(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    del tables["services"]
    assert "holds no services.csv" in _refuses(write_csv(tmp_path, tables), places)


def test_empty_folder_is_none(tmp_path: Path, places: Places) -> None:
    assert "holds no services.csv" in _refuses(tmp_path, places)


@pytest.mark.parametrize("name", ["package.xlsx", "missing"])
def test_other_files_are_none(tmp_path: Path, places: Places, name: str) -> None:
    reason = _refuses(tmp_path / name, places)
    assert "is neither a folder of CSV files nor a JSON file" in reason


@pytest.mark.parametrize("content", [b"", b"id,organization_id,name,status\r\n", b"\xef\xbb\xbf"])
def test_services_without_a_row_are_nothing_usable(
    tmp_path: Path, places: Places, content: bytes
) -> None:
    (tmp_path / "services.csv").write_bytes(content)
    listings, report = parse_package(tmp_path, places)
    assert (listings, report.ok) == ([], False)


@pytest.mark.parametrize(
    "content",
    [
        b'id,name\nsvc-1,"never closed',
        b'id,name\nsvc-1,"closed"and more\n',
        b"id,name\nsvc-1,Caf\xe9\n",
        "id,name\nsvc-1,x\n".encode("utf-16"),
        b"id,name\nsvc-1," + b"x" * (LARGEST_FIELD + 1),
    ],
    ids=["open quote", "text after a quote", "latin-1", "utf-16", "a huge field"],
)
def test_broken_csv_is_none(tmp_path: Path, places: Places, content: bytes) -> None:
    write_csv(tmp_path, tabular())
    file = tmp_path / "phones.csv"
    file.write_bytes(content)
    assert "is not a readable CSV file" in _refuses(file.parent, places)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2",
        b'{"id": "\xff"}',
        b"[" * 100_000,
        b'{"organization":' * 100_000,
        b'{"n": ' + b"9" * 10_000 + b"}",
    ],
    ids=[
        "empty",
        "cut off",
        "cut off list",
        "not utf-8",
        "deep list",
        "deep object",
        "huge number",
    ],
)
def test_broken_json_is_none(tmp_path: Path, places: Places, content: bytes) -> None:
    path = tmp_path / "package.json"
    path.write_bytes(content)
    assert "is not readable JSON" in _refuses(path, places)


@pytest.mark.parametrize("depth", range(200, 1100, 50))
def test_deep_but_sound_json_is_refused_or_read(tmp_path: Path, places: Places, depth: int) -> None:
    path = tmp_path / "package.json"
    opened, closed = '{"id":"o","services":[' * depth, "]}" * depth
    path.write_text(f"{opened}{closed}", encoding="utf-8")
    try:
        assert parse_package(path, places)[0] == []
    except PackageUnreadable:
        assert depth > 200


@pytest.mark.parametrize("content", ["[]", "{}", "3", "null", '"services"', "[1, null, []]"])
def test_json_without_services_is_none(tmp_path: Path, places: Places, content: str) -> None:
    path = tmp_path / "package.json"
    path.write_text(content, encoding="utf-8")
    assert "holds no services" in _refuses(path, places)


@pytest.mark.parametrize("wrong", [7, True, "text", {"id": "x"}, [1, "x", None, [[]]]])
def test_lists_of_the_wrong_kind_are_passed_over(
    tmp_path: Path, places: Places, wrong: object
) -> None:
    items = nested()
    items[1] |= {"languages": wrong, "cost_options": wrong, "attributes": wrong}
    listings, report = parse_package(write_json(tmp_path, items), places)
    clinic = next(listing for listing in listings if listing["name"] == "Walk-in clinic")
    assert (clinic["needs"], clinic["languages"]) == (["health"], [])
    assert report.refused == []


def test_a_small_package_that_becomes_a_large_directory(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    tables["phones"] += [{"id": f"ph-{one}0", "location_id": "loc-2"} for one in range(200)]
    tables["services"] += [{**tables["services"][1], "id": f"more-{one}"} for one in range(200)]
    links = tables["service_at_location"]
    links += [{**links[1], "id": f"at-{one}0", "service_id": f"more-{one}"} for one in range(200)]
    path = write_csv(tmp_path, tables)
    package = open_package(path, places)
    nested_all = [package.nesting.nest(row) for row in package.services]
    written, counted = len(json.dumps(nested_all)), package.nesting.count_characters()
    assert sum(one.stat().st_size for one in path.iterdir()) < 50_000 < 500_000 < written
    assert written < counted < 2 * written
    with pytest.raises(PackageUnreadable, match="becomes too large"):
        open_package(path, places, most=500_000)
