"""The audit log as supervisors read it: filtered, page by page, and checked."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.audit_pages import PAGE, Sieve
from console.supervisor.audit_pages import Asked, parse_sieve
from tests.console.conftest import Browser, Office
from tests.console.writers import HOSTILE

NOW = datetime.now(UTC)
PACIFIC = ZoneInfo("America/Los_Angeles")


def _note(
    office: Office, who: Browser | None, what: str, *, now: datetime = NOW,
    person_id: uuid.UUID | None = None, about: str = "",
) -> None:  # fmt: skip
    staff_id = who.staff_id if who else None
    office.do(lambda s: save_audit(s, staff_id, what, now, person_id=person_id, about=about))


def _positions(browser: Browser, query: str = "") -> list[int]:
    return [int(n) for n in re.findall(r'scope="row">(\d+)<', browser.get(f"/audit{query}").text)]


def test_entries_are_there_newest_first_with_who_and_what(office: Office) -> None:
    sol, nora = office.sign_in("supervisor", "Sol"), office.sign_in("navigator", "Nora")
    person_id = uuid.uuid4()
    _note(office, nora, "claimed", person_id=person_id)
    _note(office, None, "sign_in_failed", about="code")
    _note(office, sol, "staff_disabled", about=str(nora.staff_id))
    page = sol.get("/audit").text
    assert _positions(sol) == [3, 2, 1]
    assert str(person_id)[:8] in page and "nobody signed in" in page
    assert "staff disabled" in page
    assert str(nora.staff_id) + " " not in page.split("<tbody>")[1]  # shown by name


def test_filters_narrow_and_stay_in_the_form(office: Office) -> None:
    sol, nora = office.sign_in("supervisor", "Sol"), office.sign_in("navigator", "Nora")
    person_id = uuid.uuid4()
    _note(office, nora, "claimed", now=NOW - timedelta(days=3))
    _note(office, nora, "returned", person_id=person_id)
    _note(office, sol, "claimed")
    today = NOW.astimezone(PACIFIC).date()
    assert _positions(sol, f"?staff={nora.staff_id}") == [2, 1]
    assert _positions(sol, "?what=claimed") == [3, 1]
    assert _positions(sol, f"?day={today}") == [3, 2]
    assert _positions(sol, f"?day={today - timedelta(days=3)}") == [1]
    assert _positions(sol, f"?person={person_id}") == [2]
    assert _positions(sol, f"?staff={nora.staff_id}&what=claimed&day={today}") == []
    page = sol.get(f"/audit?staff={nora.staff_id}&what=claimed&day={today}").text
    assert f'value="{nora.staff_id}" selected' in page and f'value="{today}"' in page
    assert "There is no such entry" in page


def test_a_day_is_the_sites_own(office: Office) -> None:
    parsed = parse_sieve(Asked(day="2026-11-01"), PACIFIC)
    assert parsed is not None
    sieve, _ = parsed
    assert sieve.since == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert sieve.until == datetime(2026, 11, 2, 8, tzinfo=UTC)  # the clock went back that day


def test_pages_follow_one_another_without_a_gap_or_a_repetition(office: Office) -> None:
    sol = office.sign_in("supervisor")
    count = 2 * PAGE + 3

    async def fill(session: AsyncSession) -> None:
        for number in range(count):
            what = "odd" if number % 2 else "even"
            await save_audit(session, sol.staff_id, what, NOW)

    office.do(fill)
    seen, query, pages = [], "", 0
    while pages < 5:
        found = _positions(sol, query)
        seen, pages = [*seen, *found], pages + 1
        older = re.search(r'href="/audit(\?[^"]*before=\d+)"', sol.get(f"/audit{query}").text)
        if older is None:
            break
        query = older[1].replace("&amp;", "&")
    assert seen == list(range(count, 0, -1)) and pages == 3
    page = sol.get("/audit?what=odd").text
    assert "what=odd&amp;before=" in page


@pytest.mark.parametrize(
    "query",
    [
        "staff=x", "person=1", "day=yesterday", "day=2026-13-01", "before=x", "before=-1",
        "before=99999999999999999999", "day=9999-12-31", "staff=%00",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_finds_nothing_and_says_so(office: Office, query: str) -> None:
    sol = office.sign_in("supervisor")
    _note(office, sol, "claimed")
    answer = sol.get(f"/audit?{query}")
    assert answer.status_code == 422
    assert "could not be understood" in answer.text
    assert _positions(sol, f"?{query}") == []


def test_strings_of_others_are_shown_as_they_are(office: Office) -> None:
    sol, nora = office.sign_in("supervisor"), office.sign_in("navigator", HOSTILE)
    _note(office, nora, HOSTILE, about=HOSTILE)
    for query in ({}, {"what": HOSTILE}, {"staff": HOSTILE}, {"day": HOSTILE}, {"person": HOSTILE}):
        page = sol.get("/audit", params=query).text
        assert "<script>alert" not in page and "<img" not in page
    assert "{{7*7}}" in sol.get("/audit").text
    assert parse_sieve(Asked(what="a\0b"), PACIFIC) == (Sieve(what="ab"), None)


def test_a_changed_entry_is_found(office: Office) -> None:
    sol = office.sign_in("supervisor")
    for _ in range(3):
        _note(office, sol, "claimed")
    assert "The chain is whole" in sol.get("/audit/check").text
    assert "The chain is whole" not in sol.get("/audit").text

    async def tamper(session: AsyncSession) -> None:
        await session.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        await session.execute(text("UPDATE audit SET what = 'nothing' WHERE position = 2"))
        await session.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))

    office.do(tamper)
    page = sol.get("/audit/check").text
    assert "breaks at entry 2" in page and "The chain is whole" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 200), ("admin", 200), ("navigator", 404), ("evaluator", 404), ("partner", 404)],
)
def test_who_may_read_it(office: Office, role: str, status: int) -> None:
    browser = office.sign_in(role)
    assert browser.get("/audit").status_code == status
    assert browser.get("/audit/check").status_code == status
