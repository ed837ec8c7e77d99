"""The supervisor's view of load: figures, links, wishes; never a word of content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.store.debriefs import find_debriefs, save_debrief
from tests.console.conftest import Browser, Office
from tests.console.desk_staff import close
from tests.console.writers import HOSTILE, Writer


def _ask(office: Office, browser: Browser) -> str:
    """A wish for a debrief; its path."""
    office.do(lambda session: save_debrief(session, browser.staff_id, datetime.now(UTC)))
    (wish,) = (one for one in office.do(find_debriefs) if one.staff_id == browser.staff_id)
    return f"/load/debriefs/{wish.id}"


def test_it_shows_figures_and_leads_to_the_conversations_without_content(office: Office) -> None:
    sol, nora = office.sign_in("supervisor", "Sol"), office.sign_in("navigator", "Nora")
    writer = Writer(office, nora, reason="danger", language="es")
    writer.write("canary words")
    office.do(lambda s: close(s, nora.staff_id, datetime.now(UTC), 5, topics=["children"]))
    page = sol.get("/load")
    assert page.status_code == 200
    assert "Holds 1 of 5; 1 waits for an answer" in page.text
    assert f'href="/people/{writer.id}"' in page.text
    assert "1 ended today: 1 heavy, 0 with danger, 5 minutes" in page.text
    assert "children 1" in page.text
    assert "canary" not in page.text and writer.number not in page.text
    assert "help me" not in page.text


def test_names_are_shown_as_they_are_written(office: Office) -> None:
    sol, nora = office.sign_in("supervisor"), office.sign_in("navigator", HOSTILE)
    _ask(office, nora)
    text = sol.get("/load").text
    assert "<script>alert" not in text and "<img" not in text
    assert "&lt;script&gt;" in text and "{{7*7}}" in text


def test_a_debrief_is_marked_as_held_by_another_supervisor(office: Office) -> None:
    sol, nora = office.sign_in("supervisor", "Sol"), office.sign_in("navigator", "Nora")
    path, own = _ask(office, nora), _ask(office, sol)
    assert "asked for a debrief" in sol.get("/load").text
    assert sol.submit(own).status_code == 404
    assert nora.submit(path).status_code == 404
    assert sol.post(path, data={}).status_code == 403
    assert sol.submit(path).status_code == 303
    assert sol.submit(path).status_code == 404
    assert [one.staff_id for one in office.do(find_debriefs)] == [sol.staff_id]


@pytest.mark.parametrize("role", ["navigator", "admin", "evaluator", "partner"])
def test_only_supervisors_have_it(office: Office, role: str) -> None:
    assert office.sign_in(role).get("/load").status_code == 404


def test_practice_is_not_in_it(office: Office) -> None:
    sol, nora = office.sign_in("supervisor"), office.sign_in("navigator")
    nora.submit("/practice/start", persona="grace")
    assert "Holds 0 of 5" in sol.get("/load").text
