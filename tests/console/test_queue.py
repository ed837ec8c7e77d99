"""The first page: what a navigator holds and who waits, and nothing of what anybody said."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice, Ending
from bot.care.persona_scripts import load_personas
from bot.store.claims import transfer_handoff
from bot.store.closed_handoffs import close_handoff
from bot.store.handoffs import find_handoff, save_choice
from bot.store.practice import start_practice
from bot.store.tables import HandoffRow, StaffRow
from console.app import build_app
from console.house import build
from console.navigator.queue import SHOWN
from console.pages import Pages
from console.permissions import Permissions
from tests.console.conftest import SITE, Office
from tests.console.people import Person, hold, meet, write
from tests.console.talking import send

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{7*7}}"


def _order(page: str) -> list[str]:
    return re.findall(r'action="(/people/[0-9a-f-]+)/claim"', page)


def _row(page: str, person: Person) -> str:
    """The table row of one person."""
    (row,) = [one for one in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if person.way in one]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))


def test_danger_comes_first_then_who_has_waited_longest(office: Office) -> None:
    nora = office.sign_in("navigator")
    late = meet(office, waited=timedelta(minutes=1))
    early = meet(office, waited=timedelta(minutes=30))
    danger = meet(office, reason="danger", words="he has a knife")
    page = nora.get("/").text
    assert _order(page) == [danger.way, early.way, late.way]
    assert "Waiting: 3, 1 in danger" in page


def test_a_row_says_why_and_how_and_where_and_nothing_that_was_said(office: Office) -> None:
    person = meet(
        office, reason="danger", words="he has a knife", note=["my name is Ana"], language="es",
        waited=timedelta(minutes=12),
    )  # fmt: skip
    page = office.sign_in("navigator").get("/").text
    row = _row(page, person)
    for shown in (
        "Danger was seen", "Speaks of: violence", "12 min", "wants to talk, with a note",
        "Spanish", "text message",
    ):  # fmt: skip
        assert shown in row, shown
    assert "knife" not in page
    assert "Ana" not in page


def test_a_message_that_was_left_says_so(office: Office) -> None:
    person = meet(office)

    async def leave(session: AsyncSession) -> None:
        row = await find_handoff(session, person.id)
        assert row is not None
        await save_choice(session, person.key, row, Choice.MESSAGE, ["call me"])

    office.do(leave)
    assert "left a message" in _row(office.sign_in("navigator").get("/").text, person)


def test_what_one_holds_stands_above_with_what_is_unanswered(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    person = meet(office)
    hold(office, nora, person)
    write(office, person, "hello")
    send(nora, person, "Hello, I am Nora.")
    assert "answered" in _row(nora.get("/").text, person)
    write(office, person, "are you there")
    write(office, person, "i need a ride")
    since = datetime.now(UTC) - timedelta(minutes=7)
    office.do(lambda s: s.execute(update(HandoffRow).values(unanswered_since=since)))
    page = nora.get("/").text
    assert "2 lines, 7 min" in _row(page, person)
    assert "ride" not in page
    assert person.way not in vera.get("/").text


def test_who_waits_longest_for_an_answer_stands_first(office: Office) -> None:
    nora, now = office.sign_in("navigator"), datetime.now(UTC)
    calm, late, early = (meet(office) for _ in range(3))
    for person, since in ((calm, None), (late, now), (early, now - timedelta(minutes=5))):
        hold(office, nora, person)
        mine = update(HandoffRow).where(HandoffRow.person_id == person.id)
        office.do(lambda s, m=mine, t=since: s.execute(m.values(unanswered_since=t)))
    links = re.findall(r'href="(/people/[0-9a-f-]+)"', nora.get("/").text)
    assert links == [early.way, late.way, calm.way]


def test_a_part_of_the_line_is_shown_by_language_and_team(office: Office) -> None:
    nora = office.sign_in("navigator")
    english, spanish = meet(office), meet(office, language="es")
    team = update(HandoffRow).where(HandoffRow.person_id == english.id).values(team="Navigators")
    office.do(lambda s: s.execute(team))
    assert _order(nora.get("/?language=es").text) == [spanish.way]
    assert _order(nora.get("/?team=Navigators").text) == [english.way]
    assert _order(nora.get("/?team=Navigators&language=es").text) == []
    assert 'data-part="/queue-part?language=es"' in nora.get("/?language=es").text
    assert _order(nora.get("/queue-part?language=es").text) == [spanish.way]
    assert set(_order(nora.get("/?language=xx&team=zz").text)) == {english.way, spanish.way}


def test_of_a_long_line_the_most_urgent_are_shown_and_the_rest_on_request(
    office: Office,
) -> None:
    nora = office.sign_in("navigator")
    people = [meet(office, waited=timedelta(minutes=90 - n)) for n in range(SHOWN + 2)]
    page = nora.get("/").text
    assert _order(page) == [person.way for person in people[:SHOWN]]
    assert f"Waiting: {SHOWN + 2}" in page and "2 more wait behind these" in page
    assert 'href="/?all=1"' in page
    assert len(_order(nora.get("/?all=1").text)) == SHOWN + 2


def test_each_look_shows_the_line_as_it_is_at_that_moment(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office, waited=timedelta(minutes=5))
    assert "5 min" in _row(nora.get("/").text, person)
    earlier = datetime.now(UTC) - timedelta(minutes=61)
    office.do(lambda s: s.execute(update(HandoffRow).values(called_at=earlier)))
    assert "61 min" in _row(nora.get("/").text, person)
    other = meet(office)
    assert _order(nora.get("/").text) == [person.way, other.way]


def test_a_transfer_shows_for_whom_it_is_and_only_they_can_take_it(office: Office) -> None:
    vera, ida = office.sign_in("navigator", "Vera"), office.sign_in("navigator", "Ida")
    boss, person = office.sign_in("supervisor", "Bea"), meet(office)
    office.do(lambda s: _pass_on(s, person, vera.staff_id))
    assert "meant for you" in _row(vera.get("/").text, person)
    assert _order(vera.get("/").text) == [person.way]
    for browser in (ida, boss):
        page = browser.get("/").text
        assert _order(page) == []
        assert "meant for Vera" in page
        assert (f"{person.way}/free" in page) == (browser is boss)


def test_practice_stands_in_the_line_of_its_trainee_alone(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    grace, now = load_personas(SITE / "practice")["grace"], datetime.now(UTC)
    office.do(lambda s: start_practice(s, office.vault, grace, nora.staff_id, now))
    assert 'badge practice">practice' in nora.get("/").text
    page = vera.get("/").text
    assert "Waiting: 0" in page
    assert _order(page) == []


def test_who_may_only_take_the_next_sees_how_many_wait_and_not_who(office: Office) -> None:
    person = meet(office, reason="danger", words="he has a knife")
    house, may = build(office.settings), Permissions({"navigator": frozenset({"next", "talk"})})
    office.app = build_app(replace(house, permissions=may, pages=Pages(house.live_site, may)))
    page = office.sign_in("navigator").get("/").text
    assert "Waiting: 1, 1 in danger" in page
    assert "Take the next person" in page
    assert person.way not in page
    assert "Speaks of" not in page


def test_one_who_left_is_not_on_the_page_any_more(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    office.do(lambda s: close_handoff(s, person.id, Ending.EXIT, datetime.now(UTC)))
    assert _order(nora.get("/").text) == []


def test_coming_to_the_desk_and_leaving_it(office: Office) -> None:
    nora = office.sign_in("navigator")
    assert "You are away" in nora.get("/").text
    nora.submit("/desk", here="true")
    assert "You are at the desk" in nora.get("/").text
    nora.submit("/desk", here="false")
    assert "You are away" in nora.get("/").text


def test_whoever_came_to_the_desk_yesterday_has_gone_home(office: Office) -> None:
    nora, yesterday = office.sign_in("navigator"), datetime.now(UTC) - timedelta(hours=13)
    office.do(lambda s: s.execute(update(StaffRow).values(at_desk_since=yesterday)))
    assert "You are away" in nora.get("/").text


def test_who_does_not_work_at_the_desk_has_another_first_page(office: Office) -> None:
    for role, way in (("admin", "/staff"), ("partner", "/partner")):
        answer = office.sign_in(role).get("/", follow_redirects=False)
        assert answer.headers["Location"] == way
    nobody = office.sign_in("evaluator").get("/")
    assert nobody.status_code == 200
    assert "no page here for your role" in nobody.text and "Sign out" in nobody.text
    for path in ("/queue-part", "/events"):
        assert office.sign_in("admin").get(path).status_code == 404
    for path in ("/", "/queue-part", "/events"):
        answer = office.visitor().get(path, follow_redirects=False)
        assert answer.headers["Location"] == "/sign-in"


@pytest.mark.parametrize("path", ["/", "/queue-part"])
def test_whatever_names_and_fields_hold_is_shown_as_it_is(office: Office, path: str) -> None:
    nora, bad = office.sign_in("navigator", HOSTILE), office.sign_in("navigator", HOSTILE)
    person, held = meet(office), meet(office)
    hold(office, nora, held)
    office.do(lambda s: _pass_on(s, person, bad.staff_id))
    fields = dict.fromkeys(("language", "team"), HOSTILE)
    lists = {name: [HOSTILE] for name in ("reasons", "topics")}
    office.do(lambda s: s.execute(update(HandoffRow).values(**fields, **lists)))
    page = nora.get(path).text
    _require_harmless(page)
    assert page.count("&lt;script&gt;alert(&#39;x&#39;)") >= 5
    _require_harmless(nora.get(f"/?language={HOSTILE}&team={HOSTILE}").text)
    for way in ("transfer", "opening"):
        _require_harmless(nora.get(f"{held.way}/{way}").text)


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(
    office: Office,
) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    page = nora.get("/")
    assert re.findall(r'(?:src|href)="([^"]+)"', page.text).count("/static/live.js") == 1
    assert not re.search(r"<script(?! src=\"/static/live\.js\")|\son\w+=|style=", page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert f"take-{person.id}" in page.text  # what has the focus is found again by its id


def _require_harmless(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "{{7*7}}" in page or "7*7" not in page  # no template of theirs is ever run


async def _pass_on(session: AsyncSession, person: Person, staff_id: uuid.UUID) -> None:
    row = await find_handoff(session, person.id)
    assert row is not None
    await transfer_handoff(session, person.key, row, "Nora: she asked for her", to_staff=staff_id)
