"""515 strings that break software are stored as they are, or refused; nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.directory.importing import parse_package
from bot.directory.places import Places
from bot.directory.report import render_report
from tests.directory.conftest import Directory
from tests.directory.packages import write_csv, write_json

Write = Callable[[Path, list[str]], Path]


@pytest.fixture(scope="module")
def naughty(shared_data: Path) -> list[str]:
    lines = (shared_data / "naughty_strings.jsonl").read_text(encoding="utf-8").split("\n")
    strings = [json.loads(line)["text"] for line in lines if line]
    assert len(strings) == 515
    return strings


def _as_csv(folder: Path, strings: list[str]) -> Path:
    return write_csv(
        folder,
        {
            "organizations": [{"id": "org-1", "name": "One"}],
            "services": [
                {"id": f"svc-{number}", "organization_id": "org-1", **_service(text)}
                for number, text in enumerate(strings)
            ],
            "phones": [{"organization_id": "org-1", "number": "503-555-0100"}],
        },
    )


def _as_json(folder: Path, strings: list[str]) -> Path:
    organization = {"id": "org-1", "name": "One", "phones": [{"number": "503-555-0100"}]}
    return write_json(
        folder,
        [
            {"id": f"svc-{number}", "organization": organization, **_service(text)}
            for number, text in enumerate(strings)
        ],
    )


def _service(text: str) -> dict[str, str]:
    return {"name": text, "description": text, "eligibility_description": text, "keywords": "food"}


@pytest.mark.parametrize("write", [_as_csv, _as_json])
def test_names_and_texts_are_stored_as_they_are(
    tmp_path: Path, places: Places, directory: Directory, naughty: list[str], write: Write
) -> None:
    listings, report = parse_package(write(tmp_path, naughty), places)
    directory.save(listings)
    wanted = sorted(text.strip() for text in naughty if text.strip())
    assert sorted(directory.names()) == wanted
    assert {refusal.reason for refusal in report.refused} == {"the service has no name"}
    assert len(report.refused) == 515 - len(wanted)


def test_every_column_may_be_naughty(
    tmp_path: Path, places: Places, directory: Directory, naughty: list[str]
) -> None:
    def service(number: int, text: str) -> dict[str, Any]:
        return {
            "id": f"{number} {text}",
            "name": "x",
            "organization": {"id": text, "name": text},
            "assured_date": text,
            "status": text if number % 2 else "",
            "url": text,
            "phones": [{"number": "503-555-0100", "extension": text, "type": text}],
            "languages": [{"name": text}],
            "schedules": [{"byday": text, "opens_at": text, "closes_at": text}],
            "service_areas": [{"name": text}],
            "cost_options": [{"amount": text, "currency": text, "option": text}],
            "attributes": [{"taxonomy_term": {"id": text, "code": "need-food", "name": text}}],
            "service_at_locations": [
                {"location": {"id": text, "latitude": text, "longitude": text}}
            ],
        }

    items = [service(number, text) for number, text in enumerate(naughty)]
    listings, report = parse_package(write_json(tmp_path, items), places)
    directory.save(listings)
    assert len(directory.rows()) == len(listings) > 200
    assert render_report(report).isascii()


@pytest.mark.parametrize("hidden", ["\0", "\ud800", "\0\udfff\0"])
def test_what_no_database_holds_is_dropped(
    tmp_path: Path, places: Places, directory: Directory, hidden: str
) -> None:
    listings, _ = parse_package(_as_json(tmp_path, [f"Pan{hidden}try"]), places)
    directory.save(listings)
    assert directory.names() == ["Pantry"]


def test_zero_bytes_in_csv_are_dropped(
    tmp_path: Path, places: Places, directory: Directory
) -> None:
    folder = _as_csv(tmp_path, ["Pan@try"])
    file = folder / "services.csv"
    file.write_bytes(file.read_bytes().replace(b"@", b"\0"))
    directory.save(parse_package(folder, places)[0])
    assert directory.names() == ["Pantry"]
