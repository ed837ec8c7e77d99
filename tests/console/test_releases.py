"""Changing the conversation in the console: forms, releases, the gate, and who agrees."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.console.conftest import Browser, Office
from tests.console.forms import agree, find_seen, read_form, save

SAYING = "/conversation/sayings/utter_goodbye/change"
NEW = {"release": "new", "title": "Warmer goodbye", "why": "People found it short."}


def say_goodbye(browser: Browser, english: str, **more: str) -> str:
    shown = f"{SAYING}?release={more.get('release', '')}"
    fields = {**read_form(browser, shown), **more}
    return save(browser, SAYING, {**fields, "text-saying/utter_goodbye/en/": english})


def test_a_sentence_in_two_languages_goes_through_the_gate_and_two_people(office: Office) -> None:
    ada, max_ = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Max")
    fields = {**read_form(ada, SAYING), **NEW}
    fields["text-saying/utter_goodbye/en/"] = "Take care. Write again when you like."
    fields["text-saying/utter_goodbye/es/"] = "Cuídate. Escribe cuando quieras."
    release = save(ada, SAYING, fields)
    page = ada.get(release).text
    assert "2 changes" in page and "<ins>" in page and "It has not looked" in page
    assert "Take care" not in ada.get("/conversation/topics/welcome").text

    assert ada.submit(f"{release}/agree").status_code == 404  # nobody was asked yet
    ada.submit(f"{release}/propose")
    assert "Nothing blocks it" in ada.get(release).text
    assert "Waits for agreement" in ada.get(release).text
    ada.submit(f"{release}/agree", seen=find_seen(max_, release))
    assert "Waits for agreement" in ada.get(release).text  # her own word does not count
    agree(max_, release)
    assert "Agreed to" in ada.get(release).text


def test_nobody_agrees_to_what_they_have_not_read(office: Office) -> None:
    ada, max_ = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Max")
    release = say_goodbye(ada, "Take care. Write again when you like.", **NEW)
    ada.submit(f"{release}/propose")
    seen = find_seen(max_, release)
    say_goodbye(ada, "Take care of yourself.")
    ada.submit(f"{release}/propose")
    answer = max_.submit(f"{release}/agree", seen=seen)
    assert answer.status_code == 422 and "It was changed after you opened this page" in answer.text
    assert "Waits for agreement" in answer.text and "of yourself" in answer.text
    assert max_.submit(f"{release}/agree").status_code == 422
    agree(max_, release)
    assert "Agreed to" in ada.get(release).text


def test_an_adviser_refuses_and_a_change_begins_anew(office: Office) -> None:
    ada, max_ = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Max")
    sol = office.sign_in("adviser", "Sol")
    release = say_goodbye(ada, "Take care. Write again when you like.", **NEW)
    ada.submit(f"{release}/propose")
    agree(max_, release)
    assert "What is wrong" in sol.get(release).text
    assert sol.submit(f"{release}/refuse", why=" ").status_code == 422
    sol.submit(f"{release}/refuse", why="It sounds like a shop.")
    page = ada.get(release).text
    assert "Waits for agreement" in page and "It sounds like a shop." in page
    say_goodbye(ada, "Take care of yourself.")
    page = ada.get(release).text
    assert "It sounds like a shop." not in page and "It has not looked" in page
    assert sol.get(SAYING).status_code == sol.submit(f"{release}/agree").status_code == 404


def test_who_takes_something_out_is_no_second_person(office: Office) -> None:
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("admin", "Eve")
    fields = {**read_form(ada, SAYING), **NEW}
    fields["text-saying/utter_goodbye/en/"] = "Take care. Write again when you like."
    fields["text-saying/utter_goodbye/es/"] = "Cuídate. Escribe cuando quieras."
    release = save(ada, SAYING, fields)
    eve.submit(f"{release}/take-out", place="saying/utter_goodbye/es/")
    eve.submit(f"{release}/propose")
    assert "Waits for agreement" in eve.get(release).text
    assert "so somebody else agrees" in eve.get(release).text
    agree(office.sign_in("supervisor", "Max"), release)
    assert "Agreed to" in eve.get(release).text


def test_the_gate_says_why_it_refuses(office: Office) -> None:
    ada = office.sign_in("admin")
    release = say_goodbye(ada, "You are safe here, always.", **NEW)
    ada.submit(f"{release}/propose")
    page = ada.get(release).text
    assert "1 thing blocks it" in page and "promises too much" in page
    assert ">Draft<" in page
    ada.submit(f"{release}/take-out", place="saying/utter_goodbye/en/")
    assert "Nothing is changed here yet" in ada.get(release).text


def test_two_who_change_one_sentence_see_each_other(office: Office) -> None:
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("admin", "Eve")
    begun = say_goodbye(ada, "Take care of yourself.", **NEW)
    hers = read_form(eve, SAYING)
    say_goodbye(ada, "Take good care of yourself.")
    answer = eve.submit(SAYING, **{**hers, "text-saying/utter_goodbye/en/": "Bye now. Be well."})
    assert answer.status_code == 422
    assert "Somebody changed this while you wrote" in answer.text
    assert "Bye now. Be well." in answer.text and "Take good care of yourself." in answer.text
    assert "Take good care" in re.sub("</?ins>", "", ada.get(begun).text)

    other = say_goodbye(eve, "Bye now. Be well.", **{**NEW, "title": "Another goodbye"})
    assert "Also changed in Warmer goodbye" in eve.get(other).text


def test_a_question_is_added_moved_and_taken_away(office: Office, tmp_path: Path) -> None:
    ada = office.sign_in("admin")
    way = "/conversation/journeys/safety_plan/new?section=now"
    fields = {
        **read_form(ada, way), **NEW, "id": "now_light", "kind": "choice",
        "ask-en": "Can you leave a light on?", "ask-es": "¿Puedes dejar una luz prendida?",
        "option-0-en": "Yes", "option-0-es": "Sí", "option-1-en": "No", "option-1-es": "No",
    }  # fmt: skip
    release = save(ada, way, fields)
    page = ada.get(release).text
    assert "now light" in page and ">new<" in page
    ada.submit(f"{release}/check")
    assert "Nothing blocks it" in ada.get(release).text

    change = "/conversation/journeys/safety_plan/questions/now_signs/change"
    save(ada, change, {**read_form(ada, change), "position": "2"})
    assert "Order of questions" in ada.get(release).text
    fields = read_form(ada, change)
    save(ada, change, {**fields, "remove": "yes"})
    assert "taken away" in ada.get(release).text

    patch = tmp_path / "release.patch"
    patch.write_text(ada.get(f"{release}/patch").text, encoding="utf-8")
    applied = subprocess.run(
        ["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert applied.returncode == 0, applied.stderr


def test_examples_are_kept_once_each(office: Office) -> None:
    ada, way = office.sign_in("admin"), "/conversation/meanings/goodbye/change"
    fields = {**read_form(ada, way), **NEW}
    fields["lines-examples/goodbye/en"] += 2 * "\n\nthats all i got for today"
    page = ada.get(save(ada, way, fields)).text
    assert page.count("<ins>thats all i got for today</ins>") == 1
    assert "1 change<" in page


@pytest.mark.parametrize(
    ("field", "words", "fault"),
    [
        ("text-saying/utter_goodbye/en/", "  ", "may not be empty"),
        ("text-saying/utter_goodbye/en/", "Bye {person}", "In braces belongs"),
        ("text-saying/utter_goodbye/en/", "x" * 2_001, "2000 characters"),
        ("title", "", "what the release is about"),
        ("release", "00000000-0000-0000-0000-000000000000", "closed by now"),
        ("release", "x", "Choose the release"),
    ],
)
def test_what_cannot_be_comes_back_with_a_reason(
    office: Office, field: str, words: str, fault: str
) -> None:
    ada = office.sign_in("admin")
    fields = {**read_form(ada, SAYING), **NEW, "text-saying/utter_goodbye/es/": "Cuídate mucho."}
    answer = ada.submit(SAYING, **{**fields, field: words})
    assert answer.status_code == 422 and fault in answer.text
    assert "Cuídate mucho." in answer.text
    assert "There is none yet" in ada.get("/releases").text


@pytest.mark.parametrize("role", ["navigator", "evaluator", "partner"])
def test_others_have_no_such_page(office: Office, role: str) -> None:
    other = office.sign_in(role)
    assert other.get("/releases").status_code == other.get(SAYING).status_code == 404


def test_no_place_leads_out_of_the_content(office: Office) -> None:
    ada = office.sign_in("admin")
    for way in ("sayings/x", "meanings/x", "journeys/..%2f..%2fdomain/questions/x"):
        assert ada.get(f"/conversation/{way}/change").status_code == 404
    release = say_goodbye(ada, "Take care of yourself.", **NEW)
    for place in ("x", "saying/x", "question/../x", "\x00"):
        assert ada.submit(f"{release}/take-out", place=place).status_code in (303, 404)
    assert "1 change<" in ada.get(release).text
