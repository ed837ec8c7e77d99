"""The doors for papers: a link opens its one thing while it lasts; after that, a calm page."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as sought
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import text
from starlette.testclient import TestClient

from bot.settings import ROOT
from bot.site import load_site
from bot.store.people import forget_person, forget_talk
from bot.store.slots import save_slots
from bot.vault.links import CALENDAR_FILE, PLAN_PAGE, WORKS_FOR
from gateway.app import build_app
from gateway.chat_links import find_pieces
from gateway.chat_page import Bubble, Pages, Scene
from gateway.house import build
from tests.appointments.desk import slot
from tests.house import free_port
from tests.papers import Desk
from tests.worker.conftest import open_settings

BROWSER = {"Accept": "text/html", "Accept-Language": "es-MX"}
LINE = "I can move to: by the front door."
SLOT = slot()
URL = "https://chat.example"


@dataclass(frozen=True)
class Doors:
    """The gateway's doors, and the desk behind them."""

    client: TestClient
    desk: Desk

    def is_calm(self, path: str) -> bool:
        """Whether a browser gets the page for what is not there, with a way out and no word."""
        answer = self.client.get(path, headers=BROWSER)
        calm = "Aquí no hay nada." in answer.text and "Salir ya" in answer.text
        return answer.status_code == 404 and calm and "front door" not in answer.text


@pytest.fixture
def doors(tmp_path: Path, plain_database_url: str) -> Iterator[Doors]:
    """A gateway on a real database, and no other part of the house."""
    settings = open_settings(tmp_path, plain_database_url)
    desk = Desk(settings)
    desk.do(lambda session: save_slots(session, "clinic", [SLOT], datetime.now(UTC)))
    with TestClient(build_app(build(settings)), follow_redirects=False) as client:
        yield Doors(client, desk)


def test_calendar_file_comes_as_a_file(doors: Doors) -> None:
    path = f"/c/{doors.desk.link(CALENDAR_FILE, SLOT.id)}"
    answer = doors.client.get(path, headers={"Accept-Language": "es"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert event["SUMMARY"] == "Ocupado" and event.start == SLOT.starts_at  # type: ignore[attr-defined]


@pytest.mark.parametrize(("language", "line"), [("en", LINE), ("es", "Me puedo mover a: by")])
def test_plan_is_shown_in_the_language_of_the_talk(doors: Doors, language: str, line: str) -> None:
    person_id = doors.desk.meet(language=language)
    answer = doors.client.get(f"/plan/{doors.desk.link(PLAN_PAGE, person_id)}", headers=BROWSER)
    assert answer.status_code == 200 and line in answer.text
    assert f'<html lang="{language}"' in answer.text
    assert "the &lt;b&gt;blue&lt;/b&gt; cup, {answer} &amp; keys" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers and 'name="session"' not in answer.text


def test_plan_opens_until_the_talk_is_forgotten(doors: Doors) -> None:
    person_id = doors.desk.meet()
    path = f"/plan/{doors.desk.link(PLAN_PAGE, person_id)}"
    assert LINE in doors.client.get(path).text
    doors.desk.do(lambda session: forget_talk(session, person_id))
    assert doors.is_calm(path)


def test_plan_is_gone_with_the_person(doors: Doors) -> None:
    person_id = doors.desk.meet()
    doors.desk.do(lambda session: forget_person(session, person_id))
    assert doors.is_calm(f"/plan/{doors.desk.link(PLAN_PAGE, person_id)}")


def test_talk_past_its_time_shows_nothing_before_the_sweep_as_well(doors: Doors) -> None:
    person_id = doors.desk.meet(kept_for=timedelta(seconds=-1))
    assert doors.is_calm(f"/plan/{doors.desk.link(PLAN_PAGE, person_id)}")


def test_each_sees_their_own_plan(doors: Doors) -> None:
    mine, theirs = doors.desk.meet(), doors.desk.meet({"now_room": "over the yard"})
    answer = doors.client.get(f"/plan/{doors.desk.link(PLAN_PAGE, theirs)}")
    assert "over the yard" in answer.text and "front door" not in answer.text
    _, until, tag = doors.desk.link(PLAN_PAGE, theirs).split(".")
    assert doors.is_calm(f"/plan/{mine}.{until}.{tag}")


def test_who_has_no_plan_gets_the_calm_page(doors: Doors) -> None:
    person_id = doors.desk.meet()
    empty = "UPDATE conversation SET snapshot = NULL"
    doors.desk.do(lambda session: session.execute(text(empty)))
    assert doors.is_calm(f"/plan/{doors.desk.link(PLAN_PAGE, person_id)}")
    assert doors.is_calm(f"/plan/{doors.desk.link(PLAN_PAGE, uuid.uuid4())}")
    assert doors.is_calm(f"/c/{doors.desk.link(CALENDAR_FILE, uuid.uuid4())}")


def test_old_links_and_links_of_the_other_door_open_nothing(doors: Doors) -> None:
    person_id = doors.desk.meet()
    assert doors.is_calm(f"/plan/{doors.desk.link(PLAN_PAGE, person_id, age=WORKS_FOR)}")
    assert doors.is_calm(f"/c/{doors.desk.link(CALENDAR_FILE, SLOT.id, age=WORKS_FOR)}")
    assert doors.is_calm(f"/plan/{doors.desk.link(CALENDAR_FILE, person_id)}")
    assert doors.is_calm(f"/c/{doors.desk.link(PLAN_PAGE, SLOT.id)}")


@sought(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(door=st.sampled_from(["c", "plan"]), link=st.text(st.characters(codec="utf-8")))
def test_anything_else_opens_nothing(doors: Doors, door: str, link: str) -> None:
    answer = doors.client.get(f"/{door}/{quote(link, safe='')}", follow_redirects=True)
    assert answer.status_code == 404 and answer.content == b""


def test_way_out_of_the_page_needs_no_session(doors: Doors) -> None:
    answer = doors.client.post("/leave")
    assert answer.status_code == 303
    assert answer.headers["Location"] == load_site(ROOT / "sites" / "demo").web.away


def test_page_stays_calm_while_the_database_is_away(tmp_path: Path) -> None:
    settings = open_settings(tmp_path, f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    link = Desk(settings).link(PLAN_PAGE, uuid.uuid4())
    with TestClient(build_app(build(settings))) as client:
        answer = client.get(f"/plan/{link}", headers=BROWSER)
    assert answer.status_code == 503 and "Salir ya" in answer.text


@pytest.mark.parametrize(
    ("said", "links"),
    [
        (f"It works for a day: {URL}/plan/a.1.b", [f"{URL}/plan/a.1.b"]),
        (f"{URL}/c/x.\n({URL}/c/y) {URL}/c/z!", [f"{URL}/c/x", f"{URL}/c/z"]),
        (f"{URL} {URL}.evil.example/c/x {URL}@evil.example/ x{URL}/c/x", []),
        ("https://www.weather.gov/ javascript:alert(1) <b>", []),
    ],
)
def test_only_addresses_of_the_house_become_links(said: str, links: list[str]) -> None:
    pieces = list(find_pieces(said, URL))
    assert [piece.text for piece in pieces if piece.is_link] == links
    assert "".join(piece.text for piece in pieces) == said


@given(st.lists(st.sampled_from([*" \n.)<\"'&", f"{URL}/", "c"])).map("".join))
def test_pieces_are_the_same_text(said: str) -> None:
    assert "".join(piece.text for piece in find_pieces(said, URL)) == said


@pytest.mark.parametrize(("path", "target"), [("/", ""), ("/framed", ' target="_top"')])
def test_page_without_script_has_the_link_in_replies_alone(path: str, target: str) -> None:
    pages, address = Pages(lambda: load_site(ROOT / "sites" / "demo"), URL), f'{URL}/c/x"><b>'
    bubbles = [Bubble(f"Here: {address}"), Bubble(address, mine=True)]
    page = bytes(pages.chat(Scene(bubbles=bubbles), "en", path=path).body).decode()
    shown = f"{URL}/c/x&#34;&gt;&lt;b&gt;"
    assert f'<li><p>Here: <a href="{shown}"{target}>{shown}</a></p>' in page
    assert f'<li class="mine"><p>{shown}</p>' in page
