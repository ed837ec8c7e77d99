"""Practice as pages: chosen, claimed like anybody, learned from, removed; and nobody else's."""

from __future__ import annotations

import re
import uuid

import pytest
from sqlalchemy import func, select

from bot.care.persona_scripts import load_personas
from bot.settings import ROOT
from bot.store.tables import OutboxRow, PersonRow
from tests.console.conftest import Browser, Office
from tests.console.writers import Writer

PERSONAS = load_personas(ROOT / "sites" / "demo" / "practice")


def _start(browser: Browser, persona: str = "grace") -> str:
    """Start a practice; the person's id."""
    known = set(_running(browser))
    assert browser.submit("/practice/start", persona=persona).status_code == 303
    (person_id,) = set(_running(browser)) - known
    return person_id


def _running(browser: Browser) -> list[str]:
    return re.findall(r'href="/practice/([0-9a-f-]{36})"', browser.get("/practice").text)


def _send(browser: Browser, person_id: str, text: str) -> None:
    """As the navigator's own screen sends it."""
    form = {"line_id": str(uuid.uuid4()), "words": text}
    assert browser.submit(f"/people/{person_id}/send", **form).status_code == 303


def _count(office: Office, row: type) -> int:  # type: ignore[type-arg]
    return office.do(lambda s: s.scalar(select(func.count()).select_from(row))) or 0


def test_every_persona_can_be_chosen(office: Office) -> None:
    nora = office.sign_in("navigator")
    page = nora.get("/practice").text
    for persona in PERSONAS.values():
        assert persona.title in page and f'value="{persona.name}"' in page


def test_a_practice_is_claimed_at_the_desk_and_marked_there(office: Office) -> None:
    nora = office.sign_in("navigator")
    person_id = _start(nora)
    assert "Claim them at the desk" in nora.get("/practice").text
    assert "practice" in nora.get("/").text
    assert "Nobody waits" in nora.submit("/next").text
    assert nora.submit(f"/people/{person_id}/claim", noted="true").status_code == 303
    assert "Go on talking" in nora.get("/practice").text
    assert _count(office, OutboxRow) == 0  # no word of a claim goes to anybody


def test_what_there_is_to_learn_is_shown_and_then_it_is_gone(office: Office) -> None:
    nora = office.sign_in("navigator")
    person_id = _start(nora)
    assert "You have not written yet" in nora.get(f"/practice/{person_id}").text
    nora.submit(f"/people/{person_id}/claim", noted="true")
    _send(nora, person_id, "You should leave him.")
    page = nora.get(f"/practice/{person_id}").text
    assert "Some words told her what she has to do." in page
    assert "The script goes on" in page
    assert "ok i just got here" in nora.get(f"/people/{person_id}").text
    assert _count(office, OutboxRow) == 0
    _send(nora, person_id, "You must.")
    assert "come to its end" in nora.get(f"/practice/{person_id}").text
    assert nora.submit(f"/practice/{person_id}/end").status_code == 303
    assert _count(office, PersonRow) == 0
    assert nora.get(f"/practice/{person_id}").status_code == 404
    assert nora.submit(f"/practice/{person_id}/end").status_code == 404


def test_three_at_a_time_are_enough(office: Office) -> None:
    nora = office.sign_in("navigator")
    for persona in ("grace", "devin", "lucia"):
        _start(nora, persona)
    assert "You have 3 open" in nora.get("/practice").text
    assert nora.submit("/practice/start", persona="mateo").status_code == 303
    assert _count(office, PersonRow) == 3


@pytest.mark.parametrize("persona", ["", "nobody", "../grace", "<b>", "grace.yml"])
def test_an_unknown_persona_is_refused(office: Office, persona: str) -> None:
    nora = office.sign_in("navigator")
    assert nora.submit("/practice/start", persona=persona).status_code == 422
    assert _count(office, PersonRow) == 0


def test_nobody_elses_practice_and_nobody_real_can_be_touched(office: Office) -> None:
    nora, omar = office.sign_in("navigator"), office.sign_in("navigator", "Omar")
    person_id, real, own = _start(nora), Writer(office, omar), _start(omar)
    for target in (person_id, real.id, uuid.uuid4()):
        assert omar.get(f"/practice/{target}").status_code == 404
        assert omar.submit(f"/practice/{target}/end").status_code == 404
    assert omar.submit(f"/people/{person_id}/claim", noted="true").status_code == 409
    assert real.handoff() is not None
    assert _running(nora) == [person_id] and _running(omar) == [own]


@pytest.mark.parametrize("role", ["evaluator", "partner"])
def test_who_may_not_practice_has_no_such_page(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get("/practice").status_code == 404
    assert browser.submit("/practice/start", persona="grace").status_code == 404


def test_forged_forms_change_nothing(office: Office) -> None:
    nora = office.sign_in("navigator")
    person_id = _start(nora)
    assert nora.post("/practice/start", data={"persona": "grace"}).status_code == 403
    assert nora.post(f"/practice/{person_id}/end", data={"csrf": "x"}).status_code == 403
    assert _running(nora) == [person_id]
