"""Taking a pause and asking for a debrief, as pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.care.load import find_midnight
from bot.store.debriefs import find_debriefs
from bot.store.load import find_rest
from bot.store.tables import AuditRow, DebriefRow
from console.house import build
from tests.console.conftest import Browser, Office
from tests.console.desk_staff import close


def _rest(office: Office, nora: Browser) -> datetime | None:
    return office.do(lambda session: find_rest(session, nora.staff_id, datetime.now(UTC)))


def _close(office: Office, nora: Browser, **more: object) -> None:
    """A conversation that ended now, or so many minutes ago."""
    now = datetime.now(UTC)
    office.do(lambda session: close(session, nora.staff_id, now, 5, **more))


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_pause_lasts_as_long_as_was_chosen(office: Office, minutes: int) -> None:
    nora = office.sign_in("navigator")
    before = datetime.now(UTC)
    assert nora.submit("/rest", minutes=minutes).status_code == 303
    until = _rest(office, nora)
    assert until and timedelta(0) <= until - before - timedelta(minutes=minutes) < timedelta(
        minutes=1
    )
    assert "You are resting until" in nora.get("/rest").text
    assert nora.submit("/rest/end").status_code == 303
    assert _rest(office, nora) is None
    assert "Take a pause" in nora.get("/rest").text


@pytest.mark.parametrize("minutes", ["0", "16", "-15", "600000", "x", ""])
def test_other_lengths_are_refused(office: Office, minutes: str) -> None:
    nora = office.sign_in("navigator")
    assert nora.submit("/rest", minutes=minutes).status_code == 422
    assert _rest(office, nora) is None


def test_while_resting_nobody_is_given_to_them(office: Office) -> None:
    nora = office.sign_in("navigator")
    nora.submit("/rest", minutes=15)
    answer = nora.submit("/next")
    assert answer.status_code == 409 and "You are resting" in answer.text


def test_after_a_heavy_conversation_a_pause_is_offered_and_nothing_depends_on_it(
    office: Office,
) -> None:
    nora = office.sign_in("navigator")
    _close(office, nora, topics=["suicide"])
    page = nora.get("/rest/after")
    assert "Would a pause be good now?" in page.text and "We suggest 15 minutes" in page.text
    assert 'href="/"' in page.text
    _close(office, nora, danger=True)
    assert "the second heavy one today" in nora.get("/rest/after").text
    nora.submit("/rest", minutes=15)
    assert nora.get("/rest/after", follow_redirects=False).headers["location"] == "/"


def test_after_another_one_or_a_practice_the_work_goes_on(office: Office) -> None:
    nora, omar = office.sign_in("navigator"), office.sign_in("navigator", "Omar")
    _close(office, nora, practice=True, danger=True)
    _close(office, omar, danger=True)
    answer = nora.get("/rest/after", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_what_was_heavy_yesterday_is_over(office: Office) -> None:
    nora = office.sign_in("navigator")
    house = build(office.settings)
    midnight = find_midnight(house.now().astimezone(house.site.timezone))
    office.do(lambda s: close(s, nora.staff_id, midnight - timedelta(minutes=1), 5, danger=True))
    assert nora.get("/rest/after", follow_redirects=False).status_code == 303


def test_a_debrief_is_asked_for_once_and_nothing_of_it_is_in_the_log(office: Office) -> None:
    nora = office.sign_in("navigator")
    assert nora.submit("/rest/debrief").status_code == 303
    nora.submit("/rest/debrief")
    (wish,) = office.do(find_debriefs)
    assert wish.staff_id == nora.staff_id
    assert "You asked for this at" in nora.get("/rest").text
    nora.submit("/rest", minutes=15)
    assert office.do(lambda s: s.get(AuditRow, 1)) is None


@pytest.mark.parametrize("role", ["admin", "evaluator", "partner"])
def test_who_is_not_at_the_desk_has_no_such_page(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get("/rest").status_code == 404
    assert browser.submit("/rest", minutes=15).status_code == 404
    assert browser.submit("/rest/debrief").status_code == 404


def test_a_forged_form_takes_no_pause(office: Office) -> None:
    nora = office.sign_in("navigator")
    for path in ("/rest", "/rest/debrief", "/rest/end"):
        assert nora.post(path, data={"minutes": 15, "csrf": "no"}).status_code == 403
    assert _rest(office, nora) is None
    assert office.do(lambda s: s.scalar(DebriefRow.__table__.select())) is None
