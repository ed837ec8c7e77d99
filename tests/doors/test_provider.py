"""The page of a provider: it shows one entry, takes three answers, and opens for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.capacities import find_capacity
from bot.store.entries import drop_row
from bot.store.provider_answers import SHOWN, find_answers
from bot.store.provider_links import end_links, save_link
from bot.store.tables import AuditRow
from gateway import provider
from tests.directory.packages import nested
from tests.doors.shelf import Shelf, open_shelf
from tests.worker.conftest import open_settings

ENGLISH = {"Accept": "text/html", "Accept-Language": "en"}
SPANISH = {"Accept": "text/html", "Accept-Language": "es-MX"}
NOTHING = "There is nothing to do here"
TOLD = """Walk-in clinic
River Clinic
12 Sample Street
503-555-0101 ext. 7
Mon, Tue, Wed, Thu, Fri 9 am – 5 pm
$10 a visit
ID if you have one""".splitlines()
SECRET = "We moved to 123 Elm Street"


@pytest.fixture
def shelf(
    tmp_path: Path, plain_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shelf]:
    """A confidential shelter, a clinic and a line."""
    monkeypatch.setattr(provider, "SLOWED", 0.0)
    with open_shelf(open_settings(tmp_path, plain_database_url)) as shelf:
        shelf.save(*nested())
        yield shelf


def link(shelf: Shelf, entry_id: str = "svc-1", *, age: timedelta = timedelta()) -> str:
    """The path of a new link, made so long ago."""
    made = datetime.now(UTC) - age
    token = shelf.desk.do(lambda session: save_link(session, entry_id, None, made))
    return f"/directory/confirm/{token}"


def send(shelf: Shelf, path: str, **form: str) -> Any:
    """Send a form of the page."""
    return shelf.client.post(path, data=form, headers=ENGLISH)


def answers(shelf: Shelf, entry_id: str = "svc-1") -> list[tuple[bool, str]]:
    """What was kept of the answers."""
    found = shelf.desk.do(lambda session: find_answers(session, entry_id))
    return [(one.is_right, one.words) for one in found]


def audited(shelf: Shelf) -> list[tuple[str, str]]:
    """The acts in the audit log, by whom nobody is named."""

    async def read(session: AsyncSession) -> list[AuditRow]:
        return list(await session.scalars(select(AuditRow).order_by(AuditRow.position)))

    return [(one.what, one.about) for one in shelf.desk.do(read) if one.staff_id is None]


def test_page_shows_what_people_are_told(shelf: Shelf) -> None:
    answer = shelf.client.get(link(shelf, "svc-2"), headers=ENGLISH)
    page = answer.text
    assert answer.status_code == 200
    for told in TOLD:
        assert told in page
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in page and "violen" not in page and "Leave now" not in page


def test_page_speaks_the_browsers_language(shelf: Shelf) -> None:
    page = shelf.client.get(link(shelf), headers=SPANISH).text
    assert '<html lang="es"' in page and "Todo esto está bien" in page
    assert "Abierto día y noche" in page
    assert "Privada. Aquí no se guarda ninguna dirección." in page


def test_opening_it_changes_nothing(shelf: Shelf) -> None:
    path = link(shelf)
    for _ in range(3):
        assert shelf.client.get(path, headers=ENGLISH).status_code == 200
    assert answers(shelf) == [] and audited(shelf) == []


def test_all_right_is_noted_once_and_ends_the_link(shelf: Shelf) -> None:
    path = link(shelf)
    answer = send(shelf, path, said="right")
    assert answer.status_code == 303
    thanks = shelf.client.get(answer.headers["Location"], headers=ENGLISH)
    assert thanks.status_code == 200 and "Thank you" in thanks.text
    again = send(shelf, path, said="right")
    assert again.status_code == 404 and "it has arrived" in again.text
    assert answers(shelf) == [(True, "")]
    assert audited(shelf) == [("provider_right", "svc-1")]


def test_own_words_are_noted_once(shelf: Shelf) -> None:
    path = link(shelf)
    for _ in range(2):
        assert (
            send(shelf, path, said="different", words=" New hours:\r\n9 to 5 ").status_code == 303
        )
    assert answers(shelf) == [(False, "New hours:\n9 to 5")]
    assert audited(shelf) == [("provider_words", "svc-1")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("  ", "write what is different"), ("x" * 1001, "at most 1,000"), (SECRET, "street address")],
)
def test_words_that_are_not_taken_stay_on_the_page(shelf: Shelf, words: str, sentence: str) -> None:
    answer = send(shelf, link(shelf), said="different", words=words)
    assert answer.status_code == 422
    assert sentence in re.findall(r'role="alert">([^<]+)', answer.text)[0]
    assert f">{words}</textarea>" in answer.text
    assert answers(shelf) == []


def test_clinic_may_tell_its_new_address(shelf: Shelf) -> None:
    assert send(shelf, link(shelf, "svc-2"), said="different", words=SECRET).status_code == 303
    assert answers(shelf, "svc-2") == [(False, SECRET)]


def test_nobody_fills_the_list_of_notes(shelf: Shelf) -> None:
    path = link(shelf)
    for number in range(SHOWN):
        assert send(shelf, path, said="different", words=f"note {number}").status_code == 303
    full = send(shelf, path, said="different", words="one more")
    assert full.status_code == 422 and "have not been read yet" in full.text
    assert len(answers(shelf)) == SHOWN


def test_beds_are_counted_anew_each_time(shelf: Shelf) -> None:
    path = link(shelf)
    assert send(shelf, path, said="beds", free="0", of="12", unit="beds").status_code == 303
    assert send(shelf, path, said="beds", free="3", of="", unit="rooms").status_code == 303
    found = shelf.desk.do(lambda session: find_capacity(session, "svc-1"))
    assert found is not None and found.reported_by is None
    assert (found.available, found.maximum, found.unit) == (3, None, "rooms")
    assert "Last said: 3 rooms," in shelf.client.get(path, headers=ENGLISH).text
    assert audited(shelf) == [("provider_beds", "svc-1")] * 2


@pytest.mark.parametrize(
    ("free", "of", "unit"),
    [
        ("", "", "beds"),
        ("-1", "", "beds"),
        ("٣", "", "beds"),
        ("3", "x", "beds"),
        ("3", "2", "beds"),
        ("3", "", "cars"),
        ("100000", "", "beds"),
    ],
)
def test_numbers_that_are_none_are_said(shelf: Shelf, free: str, of: str, unit: str) -> None:
    answer = send(shelf, link(shelf), said="beds", free=free, of=of, unit=unit)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert f'value="{free}"' in answer.text
    assert shelf.desk.do(lambda session: find_capacity(session, "svc-1")) is None


def test_links_that_open_nothing_look_alike(shelf: Shelf) -> None:
    ended, gone, old = (
        link(shelf),
        link(shelf, "svc-3"),
        link(shelf, "svc-2", age=timedelta(days=30)),
    )
    shelf.desk.do(lambda session: end_links(session, "svc-1", datetime.now(UTC)))
    shelf.desk.do(lambda session: drop_row(session, "svc-3"))
    wrong = [f"/directory/confirm/{one}" for one in ("x", "a" * 43, "%00", "é" * 43)]
    pages = set()
    for path in (ended, gone, old, *wrong):
        for method in ("GET", "POST"):
            answer = shelf.client.request(method, path, headers=ENGLISH)
            assert answer.status_code == 404 and NOTHING in answer.text
            pages.add(re.sub(r'action="[^"]*"', "", answer.text))
    assert len(pages) == 1


def test_guessing_waits(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "SLOWED", 2.0)
    began = datetime.now(UTC)
    shelf.client.get(f"/directory/confirm/{'a' * 43}", headers=ENGLISH)
    assert datetime.now(UTC) - began >= timedelta(seconds=2)
