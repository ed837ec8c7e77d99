"""Every way in which a package may say that a place is confidential is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.directory.importing import parse_package
from bot.directory.places import Places
from tests.directory.packages import nested, older, tabular, write_csv, write_json

Mark = dict[str, str]


def _confidential(path: Path, places: Places) -> list[str]:
    return [one["id"] for one in parse_package(path, places)[0] if one["confidential"]]


@pytest.mark.parametrize(
    "mark",
    [
        {"link_id": "loc-2", "taxonomy_term_id": "confidential"},
        {"link_id": "loc-2", "taxonomy_term_id": "Confidential"},
        {"link_id": "loc-2", "taxonomy_term_id": "t-1"},
        {"link_id": "loc-2", "taxonomy_term_id": "t-2"},
        {"link_id": "loc-2", "value": "confidential"},
        {"link_id": "loc-2", "link_entity": "location", "taxonomy_term_id": "t-1"},
        {"link_id": "loc-2", "link_entity": "Locations", "taxonomy_term_id": "t-1"},
        {"link_id": "loc-2", "link_entity": "whatever", "taxonomy_term_id": "t-1"},
        {"link_id": "svc-2", "taxonomy_term_id": "t-1"},
        {"link_id": "org-2", "taxonomy_term_id": "t-1"},
        {"link_id": "at-2", "taxonomy_term_id": "t-1"},
    ],
)
def test_mark_is_heard(tmp_path: Path, places: Places, mark: Mark) -> None:
    tables = tabular()
    tables["attributes"].append(mark)
    tables["taxonomy_terms"] = [
        {"id": "t-1", "code": "CONFIDENTIAL", "name": "Address kept private"},
        {"id": "t-2", "code": "c", "name": "Confidential"},
    ]
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-1", "svc-2@loc-2"]


@pytest.mark.parametrize(
    "mark",
    [
        {"link_id": "loc-2", "taxonomy_term_id": "t-3"},
        {"link_id": "loc-2", "link_entity": "service", "taxonomy_term_id": "confidential"},
        {"link_id": "", "taxonomy_term_id": "confidential"},
        {"link_id": "loc-9", "taxonomy_term_id": "confidential"},
    ],
)
def test_other_attributes_mark_nothing(tmp_path: Path, places: Places, mark: Mark) -> None:
    tables = tabular()
    tables["attributes"].append(mark)
    tables["taxonomy_terms"] = [{"id": "t-3", "code": "wheelchair", "name": "Ramp"}]
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-1"]


def test_marked_service_without_a_place_is_confidential(tmp_path: Path, places: Places) -> None:
    tables = tabular()
    del tables["service_at_location"][1]
    tables["attributes"].append({"link_id": "svc-2", "value": "confidential"})
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-1", "svc-2"]


def test_marked_organizations_places_are_confidential_whoever_uses_them(
    tmp_path: Path, places: Places
) -> None:
    tables = tabular()
    tables["service_at_location"] = [{"id": "at-1", "service_id": "svc-1", "location_id": "loc-2"}]
    tables["attributes"].append({"link_id": "org-2", "value": "confidential"})
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-2", "svc-2"]


@pytest.mark.parametrize("where", ["service", "organization", "link"])
def test_mark_in_json_is_heard_wherever_it_stands(
    tmp_path: Path, places: Places, where: str
) -> None:
    items = nested()
    clinic = items[1]
    link = clinic["service_at_locations"][0]
    marked = {"service": clinic, "organization": clinic["organization"], "link": link}[where]
    mark = {"taxonomy_term": {"id": "t-1", "code": "confidential", "name": "Private"}}
    marked["attributes"] = [*marked.get("attributes", ()), mark]
    assert _confidential(write_json(tmp_path, items), places) == ["svc-1@loc-1", "svc-2@loc-2"]


def test_older_layout_may_bring_a_table_of_marks(tmp_path: Path, places: Places) -> None:
    tables = older()
    tables["attributes"] = [{"link_id": "loc-2", "taxonomy_term_id": "confidential"}]
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-1", "svc-2@loc-2"]


def test_ids_that_repeat_between_tables_are_told_apart(tmp_path: Path, places: Places) -> None:
    tables = older()
    tables["locations"][1]["id"] = "svc-1"
    tables["addresses"][0]["location_id"] = "svc-1"
    tables["services"][1]["location_id"] = "svc-1"
    assert _confidential(write_csv(tmp_path, tables), places) == ["svc-1@loc-1"]
