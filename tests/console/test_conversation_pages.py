"""The conversation to read: for admins and supervisors, as it is written."""

from __future__ import annotations

import re

import pytest

from bot.journeys.content import load_journeys
from bot.settings import ROOT
from tests.console.conftest import Office


def test_topics_lead_to_what_is_said_and_heard(office: Office) -> None:
    ada = office.sign_in("admin")
    index = ada.get("/conversation").text
    assert 'href="/conversation/topics/welcome"' in index
    assert 'href="/conversation/journeys/safety_plan"' in index
    page = ada.get("/conversation/topics/welcome").text
    assert "OK to go on?" in page and "¿Sigamos?" in page
    assert "en, text message: 2 segments" in page
    assert "es, web chat" in page
    assert "1 OK, go on" in page
    assert "{emergency}" not in page  # filled as this site fills it
    questions = ada.get("/conversation/topics/questions").text
    assert (
        "who sees this" in questions and 'href="/conversation/meanings/ask_who_sees"' in questions
    )
    assert "who else is on the other end reading" not in questions


def test_a_meaning_has_all_of_its_examples_and_what_follows(office: Office) -> None:
    page = office.sign_in("supervisor").get("/conversation/meanings/ask_who_sees").text
    assert "who else is on the other end reading" in page
    assert "An answer during help_form" in page


def test_every_page_opens(office: Office) -> None:
    ada = office.sign_in("admin")
    names = sorted({path.stem for path in (ROOT / "data" / "responses").glob("*.yml")})
    ways = [f"topics/{name}" for name in names]
    ways += [f"journeys/{name}" for name in load_journeys(ROOT / "data" / "journeys")]
    for way in ways:
        assert (way, ada.get(f"/conversation/{way}").status_code) == (way, 200)
    for way in ("topics/x", "meanings/x", "journeys/..%2f..%2fdomain"):
        assert (way, ada.get(f"/conversation/{way}").status_code) == (way, 404)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{7*7}}", "\x00", "a" * 5000])
def test_a_search_shows_words_as_they_are(office: Office, words: str) -> None:
    answer = office.sign_in("admin").get("/conversation", params={"words": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_search_leads_to_the_place(office: Office) -> None:
    page = office.sign_in("admin").get("/conversation", params={"words": "boton rojo"}).text
    assert "/conversation/topics/welcome#utter_ask_go_on" in page
    assert "Nothing holds these words" not in page


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("helped stay safe before", "/conversation/journeys/safety_plan#"),
        ("trafficking line", "/conversation/settings#lines-that-people-are-sent-to"),
        ("233733", "/conversation/settings#lines-that-people-are-sent-to"),
    ],
)
def test_questions_and_settings_are_found_too(office: Office, words: str, way: str) -> None:
    ada = office.sign_in("admin")
    page = ada.get("/conversation", params={"words": words}).text
    (address,) = {one for one in re.findall(r'href="([^"]+)"', page) if one.startswith(way)}
    path, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in ada.get(path).text


@pytest.mark.parametrize("role", ["navigator", "evaluator", "partner"])
def test_others_have_no_such_page(office: Office, role: str) -> None:
    assert office.sign_in(role).get("/conversation").status_code == 404
