"""The way out does not depend on the database: a gateway that has none still lets people go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.settings import load
from bot.vault.keyring import open_keyring
from gateway.app import build_app
from gateway.house import build
from tests.house import free_port
from tests.visitor import find_token

ID = "7d3c2f60-0000-4000-8000-000000000001"


@pytest.fixture
def cut_off(tmp_path: Path) -> Iterator[TestClient]:
    """A gateway whose database is away."""
    open_keyring(tmp_path)
    away = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    settings = load({"WAYMARK_HOME": str(tmp_path), "WAYMARK_DATABASE_URL": away})
    with TestClient(build_app(build(settings)), follow_redirects=False) as client:
        yield client


def test_form_leads_away_at_once(cut_off: TestClient) -> None:
    token = find_token(cut_off.get("/").text)
    started = time.monotonic()
    answer = cut_off.post("/leave", data={"session": token})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://www.weather.gov/"
    assert time.monotonic() - started < 1


def test_word_leads_away_at_once(cut_off: TestClient) -> None:
    token = find_token(cut_off.get("/").text)
    answer = cut_off.post("/", data={"session": token, "id": ID, "text": "salir"})
    assert answer.status_code == 303


def test_script_is_told_at_once(cut_off: TestClient) -> None:
    token = find_token(cut_off.get("/").text)
    assert cut_off.post("/chat/exit", data={"session": token}).status_code == 204


def test_words_that_did_not_get_through_are_not_lost(cut_off: TestClient) -> None:
    token = find_token(cut_off.get("/").text)
    answer = cut_off.post("/", data={"session": token, "id": ID, "text": "<b>help me"})
    assert answer.status_code == 503
    assert "Your message did not get through." in answer.text
    assert "&lt;b&gt;help me</textarea>" in answer.text
    assert find_token(answer.text) == token


def test_script_keeps_trying(cut_off: TestClient) -> None:
    token = find_token(cut_off.get("/").text)
    headers = {"Authorization": f"Bearer {token}"}
    message = {"id": ID, "text": "hi"}
    assert cut_off.post("/chat/messages", json=message, headers=headers).status_code == 503
    assert cut_off.get("/chat/events", headers=headers).status_code == 503


def test_page_and_its_guide_are_there(cut_off: TestClient) -> None:
    cut_off.cookies.set("chat", "x" * 43)
    assert cut_off.get("/").status_code == 200
    assert cut_off.get("/hide").status_code == 200
