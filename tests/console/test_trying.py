"""A message that an admin tries: what the bot would make of it, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.conftest import Browser, Office
from tests.worker.engine_door import EngineDoor, open_engine

FOOD = [{"intent": "need_food", "confidence": 0.91}, {"intent": "need_housing", "confidence": 0.04}]


@pytest.fixture
def engine() -> Iterator[EngineDoor]:
    with open_engine() as door:
        door.ranking = FOOD
        yield door


@pytest.fixture
def ada(engine: EngineDoor, tmp_path: Path, plain_database_url: str) -> Browser:
    token = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "of-the-test"}
    return Office(tmp_path / "home", plain_database_url, **token).sign_in("admin")


def _try(browser: Browser, text: str) -> str:
    answer = browser.post("/conversation/try", data={"csrf": browser.csrf, "text": text})
    assert answer.status_code == 200
    return answer.text


def test_it_shows_what_the_message_is_taken_for(ada: Browser, engine: EngineDoor) -> None:
    page = _try(ada, "i need groceries in eugene for 2 kids")
    assert engine.read == ["i need groceries in eugene for 2 kids"]
    assert "asks where, then shows services for food" in page
    assert 'href="/conversation/meanings/need_food"' in page and "91 %" in page
    assert "eugene" in page and "none seen" in page


def test_danger_is_named_with_who_saw_it(ada: Browser, engine: EngineDoor) -> None:
    assert "violence now</span> by a fixed rule" in _try(ada, "he is hitting me right now")
    engine.ranking = [{"intent": "danger_captive", "confidence": 0.8}]
    assert "being held</span> by its reading" in _try(ada, "the gate is always shut")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x00", "{{7*7}}", "a" * 5_000, "🙈"]
)
def test_any_text_is_shown_as_it_is(ada: Browser, text: str) -> None:
    assert "<script>alert" not in _try(ada, text)


def test_without_words_nothing_is_asked(ada: Browser, engine: EngineDoor) -> None:
    assert "What it is taken for" not in _try(ada, "  ")
    assert engine.read == []


def test_an_engine_that_is_away_is_said(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = ada.submit("/conversation/try", text="hi")
    assert answer.status_code == 503 and "The engine does not answer" in answer.text
