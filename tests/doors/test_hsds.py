"""The directory for other directories: what is told, in pages, and what a site may turn off."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tracemalloc import get_traced_memory, start, stop
from typing import Any

import pytest

from bot.settings import ROOT
from bot.store.capacities import save_capacity
from tests.directory.packages import nested
from tests.doors.shelf import NOW, Shelf, open_shelf
from tests.house import free_port
from tests.worker.conftest import open_settings

LISTS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]


@pytest.fixture
def shelf(tmp_path: Path, plain_database_url: str) -> Iterator[Shelf]:
    """A confidential shelter, a clinic and a line."""
    with open_shelf(open_settings(tmp_path, plain_database_url)) as shelf:
        shelf.save(*nested())
        yield shelf


def test_it_says_what_it_is(shelf: Shelf) -> None:
    about = shelf.get("/")
    assert about["version"] == "3.1" and about["profile"].startswith("https://")
    assert about["openapi_url"].endswith("/hsds/openapi.json")
    described = shelf.client.get("/hsds/openapi.json").json()
    assert {f"/{one}" for one in LISTS} < described["paths"].keys()
    assert described["servers"] == [{"url": "/hsds"}]


def test_service_is_told_with_everything_in_it(shelf: Shelf) -> None:
    said = ("svc-2", 2, 5, "beds", None, NOW)
    shelf.desk.do(lambda session: save_capacity(session, *said))
    service = shelf.get("/services/svc-2")
    (there,) = service["service_at_locations"]
    assert there["id"] == "svc-2@loc-2"
    assert there["location"]["addresses"][0]["address_1"] == "12 Sample Street"
    assert service["organization"]["name"] == "River Clinic"
    assert service["phones"][0]["extension"] == 7
    assert service["schedules"][0]["opens_at"] == "09:00"
    assert service["capacities"][0]["available"] == 2
    assert service["last_modified"] == NOW.isoformat()


def test_need_that_only_words_told_is_said_outright(shelf: Shelf) -> None:
    silent = {**copy.deepcopy(nested()[1]), "id": "svc-8", "name": "Food pantry", "attributes": []}
    shelf.save(silent)
    (attribute,) = shelf.get("/services/svc-8")["attributes"]
    term = attribute["taxonomy_term"]
    assert term["id"] == "need-food" and term == shelf.get("/taxonomy_terms/need-food")
    assert term["taxonomy_detail"] == shelf.get("/taxonomies/needs")


def test_lists_are_short_unless_asked_otherwise(shelf: Shelf) -> None:
    clinic = shelf.contents("/services")[0]
    assert clinic["id"] == "svc-2" and "phones" not in clinic and "name" in clinic
    assert "phones" in shelf.contents("/services", full="true")[0]
    assert shelf.contents("/services", minimal="true")[0] == {
        "id": "svc-2", "last_modified": NOW.isoformat(),
    }  # fmt: skip
    (there,) = shelf.contents("/service_at_locations")
    assert there["service"]["id"] == "svc-2" and "addresses" not in there["location"]
    (there,) = shelf.contents("/service_at_locations", full="true")
    assert there["location"]["addresses"] and there == shelf.get(
        "/service_at_locations/svc-2@loc-2"
    )


def test_confidential_shelter_is_nowhere(shelf: Shelf) -> None:
    assert shelf.ids("/services") == ["svc-2", "svc-3"]
    assert shelf.ids("/organizations") == ["org-2", "org-3"]
    assert shelf.ids("/service_at_locations") == ["svc-2@loc-2"]
    for path in ("services/svc-1", "organizations/org-1", "service_at_locations/svc-1@loc-1"):
        answer = shelf.client.get(f"/hsds/{path}")
        assert answer.status_code == 404
        assert answer.json() == {"error": "Nothing that anybody may be told of has this id."}


def test_other_open_places_of_a_service_are_told(shelf: Shelf) -> None:
    """And nothing of the hidden one, nor more of the organization than what it is called."""
    both = _at_both(copy.deepcopy(nested()))
    shelf.clear()
    shelf.save(both)
    service = shelf.get("/services/svc-1")
    assert [one["id"] for one in service["service_at_locations"]] == ["svc-1@loc-2"]
    assert service["organization"] == {"id": "org-1", "name": "Harbor House", "description": ""}
    assert "loc-1" not in shelf.client.get("/hsds/services/svc-1").text


def _at_both(documents: list[dict[str, Any]]) -> dict[str, Any]:
    shelter, clinic = documents[0], documents[1]
    shelter["organization"] |= {"description": "14 beds", "email": "desk@harbor.example"}
    shelter["service_at_locations"] += clinic["service_at_locations"]
    return shelter


def test_organization_of_a_shelter_beside_it_tells_only_its_name(shelf: Shelf) -> None:
    office = copy.deepcopy(nested()[1])
    number = [{"id": "p", "number": "503-555-0177", "type": "voice"}]
    office |= {"id": "svc-7", "organization": {"id": "org-1", "name": "Harbor House"}}
    office["organization"] |= {"phones": number, "website": "https://harbor.example"}
    shelf.save(office)
    told = {"id": "org-1", "name": "Harbor House", "description": ""}
    assert shelf.get("/organizations/org-1") == told
    assert shelf.get("/services/svc-7")["organization"] == told
    assert "503-555-0177" not in shelf.client.get("/hsds/services", params={"full": "true"}).text


def test_organization_without_a_shelter_is_told_in_full(shelf: Shelf) -> None:
    line = copy.deepcopy(nested()[2]) | {"id": "svc-6"}
    line["organization"] |= {"website": "https://line.example", "contacts": [{"name": "Ada"}]}
    shelf.save(line)
    told = shelf.get("/organizations/org-3")
    assert told["website"] == "https://line.example" and "contacts" not in told


def test_what_is_closed_is_not_told(shelf: Shelf) -> None:
    shelf.save({**copy.deepcopy(nested()[1]), "id": "svc-5", "status": "temporarily closed"})
    assert "svc-5" not in shelf.ids("/services")
    assert shelf.client.get("/hsds/services/svc-5").status_code == 404


def test_lists_are_filtered(shelf: Shelf) -> None:
    assert shelf.ids("/services", search="walk") == ["svc-2"]
    assert shelf.ids("/services", taxonomy_term_id="need-talk") == ["svc-3"]
    assert shelf.ids("/services", taxonomy_term_id="need-housing") == []
    assert shelf.ids("/services", taxonomy_term_id="elsewhere") == []
    assert shelf.ids("/services", taxonomy_id="needs") == ["svc-2", "svc-3"]
    assert shelf.ids("/services", organization_id="org-2") == ["svc-2"]
    assert shelf.ids("/service_at_locations", organization_id="org-3") == []
    today, next_day = NOW.date(), NOW.date() + timedelta(days=1)
    assert shelf.ids("/services", modified_after=str(today)) == ["svc-2", "svc-3"]
    assert shelf.ids("/services", modified_after=str(next_day)) == []
    assert shelf.ids("/taxonomy_terms", search="food") == ["need-food"]


def test_pages(shelf: Shelf) -> None:
    for number in range(5):
        shelf.save({**copy.deepcopy(nested()[2]), "id": f"line-{number}"})
    page = shelf.get("/services", per_page=3, page=2)
    assert [one["id"] for one in page.pop("contents")] == ["line-3", "line-4", "svc-2"]
    assert page == {
        "total_items": 7, "total_pages": 3, "page_number": 2, "size": 3, "first_page": False,
        "last_page": False, "empty": False,
    }  # fmt: skip
    last = shelf.get("/services", per_page=3, page=3)
    assert last["last_page"] and last["size"] == 1
    assert shelf.get("/services", page=9)["empty"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("page", "0"), ("page", "x"), ("per_page", "101"), ("per_page", "1e1"), ("full", "maybe"),
     ("modified_after", "12.3.2026"), ("search", "x" * 201), ("format", "ndjson")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_not_repeated(shelf: Shelf, name: str, value: str) -> None:
    answer = shelf.client.get("/hsds/services", params={name: value})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error.startswith(f"{name}: ") and value * 3 not in error


@pytest.mark.parametrize("path", ["services", "organizations", "service_at_locations"])
def test_ids_that_no_database_holds_are_nobodys(shelf: Shelf, path: str) -> None:
    for one in (
        "%00",
        "a%00@b",
        "%ED%A0%80",
        "a" * 2000,
        "%2e%2e%2f",
        "@",
        "@@@@@@@@@@@@@@@@@@@@@@@@",
    ):
        assert shelf.client.get(f"/hsds/{path}/{one}").status_code == 404
    assert shelf.ids(f"/{path}", search="\0 & | ! :* '", organization_id="\0") == []


def test_pages_of_others_may_read_it_and_nobody_may_write(shelf: Shelf) -> None:
    asked = {"Origin": "https://directory.example", "Cookie": "chat=x"}
    answer = shelf.client.get("/hsds/services", headers=asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in shelf.client.get("/hide", headers=asked).headers
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = shelf.client.request(method, "/hsds/services")
        assert refused.status_code == 405 and refused.json()["error"]


def test_a_site_may_keep_it_to_itself(tmp_path: Path, plain_database_url: str) -> None:
    site = _copy_site(tmp_path / "site", "\n[directory]\nshare = false\n")
    settings = open_settings(tmp_path, plain_database_url, WAYMARK_SITE=str(site))
    with open_shelf(settings) as shelf:
        for path in ("/", "/services", "/openapi.json"):
            answer = shelf.client.get(f"/hsds{path}")
            assert answer.status_code == 404
            assert answer.json() == {"error": "This directory is not shared."}


def test_database_away_is_said(tmp_path: Path) -> None:
    settings = open_settings(tmp_path, f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    with open_shelf(settings) as shelf:
        answer = shelf.client.get("/hsds/services")
        assert answer.status_code == 503 and answer.json()["error"]
        assert shelf.client.get("/hsds/taxonomies").status_code == 200


def _copy_site(folder: Path, more: str) -> Path:
    """The demo's site with something more in its settings."""
    folder.mkdir()
    for one in (ROOT / "sites" / "demo").iterdir():
        if one.name != "site.toml":
            (folder / one.name).symlink_to(one)
    settings = (ROOT / "sites" / "demo" / "site.toml").read_text(encoding="utf-8")
    (folder / "site.toml").write_text(settings + more, encoding="utf-8")
    return folder


def test_an_id_of_nothing_but_signs_takes_no_memory(shelf: Shelf) -> None:
    start()
    try:
        answer = shelf.client.get(f"/hsds/service_at_locations/{'@' * 20_000}")
        assert answer.status_code == 404
        assert get_traced_memory()[1] < 50_000_000
    finally:
        stop()
