"""Entries are found by the beginnings of words, by their status, and by when they are due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.directory.areas import Areas
from bot.store.entries import count_entries, find_entries
from bot.store.entry_pages import Sieve, find_page
from tests.directory.conftest import Directory
from tests.directory.entries import Desk, clinic, dentist
from tests.directory.packages import nested

NEVER, NOW = date.min, datetime(2026, 3, 12, tzinfo=UTC)


@pytest.fixture
def found(directory: Directory, areas: Areas) -> Any:
    """Asks for ids; the count must be the same."""
    desk = Desk(directory, areas)
    for one in (*nested(), dentist(status="inactive")):
        desk.save(one)

    def find(words: str = "", part: str = "", before: date = NEVER) -> list[str]:
        sieve = Sieve(words, part)
        rows, count = directory.ask(lambda session: find_page(session, sieve, before, NOW))
        assert count == len(rows)
        return [row.entry.id for row in rows]

    return find


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", ["svc-9", "svc-1", "svc-3", "svc-2"]),
        ("riv", ["svc-9", "svc-2"]),
        ("RIVER walk", ["svc-2"]),
        ("walk river", ["svc-2"]),
        ("iver", []),
        ("'", ["svc-9", "svc-1", "svc-3", "svc-2"]),
        ("river & | ! <-> :*", ["svc-9", "svc-2"]),
        ("\0river", ["svc-9", "svc-2"]),
    ],
)
def test_words_begin_words_of_the_name_or_the_organization(
    found: Any, words: str, ids: list[str]
) -> None:
    assert found(words) == ids


def test_status_and_due_narrow_it(found: Any) -> None:
    assert found(part="away") == ["svc-9"]
    assert found("walk", part="away") == []
    assert found(part="due", before=date(2026, 2, 1)) == ["svc-2"]
    assert found(part="due", before=date(2026, 2, 2)) == ["svc-1", "svc-2"]


def test_what_is_due_is_counted_and_listed(found: Any, directory: Directory) -> None:
    before = {"due_before": date(2026, 2, 2)}
    rows = directory.ask(lambda session: find_entries(session, **before))
    assert [row.id for row in rows] == ["svc-1", "svc-2"]
    assert directory.ask(lambda session: count_entries(session, **before)) == 2
    assert directory.ask(count_entries) == 4


def test_pages_follow_each_other(found: Any, directory: Directory) -> None:
    pages = [
        directory.ask(lambda session, at=at: find_entries(session, limit=2, offset=at))
        for at in (0, 2, 4)
    ]
    assert [[row.id for row in page] for page in pages] == [
        ["svc-9", "svc-1"],
        ["svc-3", "svc-2"],
        [],
    ]


def test_an_entry_never_confirmed_is_due(found: Any, directory: Directory, areas: Areas) -> None:
    Desk(directory, areas).save(clinic(id="svc-8", name="New clinic", assured_date=None))
    assert found(part="due", before=date(2000, 1, 1)) == ["svc-8"]


def test_a_long_name_is_found(found: Any, directory: Directory, areas: Areas) -> None:
    name = "Clinic " + " ".join(f"word{n}" for n in range(20_000))
    Desk(directory, areas).save(clinic(id="svc-8", name=name))
    assert found("word7") == ["svc-8"]
