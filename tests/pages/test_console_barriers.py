"""The console's pages, looked at by axe-core as each role sees them: on a phone and a desk."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.debriefs import save_debrief
from bot.store.outcomes import save_outcome
from bot.store.referrals import answer_release
from bot.store.tables import ReferralRow, ServiceRow, TaskRow
from tests.console.conftest import Browser, Office
from tests.console.forms import read_form, save
from tests.console.keeping import NIGHT, fill, spread
from tests.console.people import Person, hold, meet, write
from tests.console.rehearsed import (
    find_asked,
    finish,
    make_difference,
    make_everything,
    make_talk,
    make_turn,
    say,
)
from tests.console.test_packs import send
from tests.console.unheard import LIST, Unheard
from tests.house import free_port, wait_for
from tests.packs.forging import honest
from tests.pages.conftest import SIZES, Open
from tests.pages.test_barriers import find_barriers

AGENCY = "svc-1"
#: Forms that change the conversation.
CHANGES = (
    "/conversation/sayings/utter_goodbye/change",
    "/conversation/meanings/goodbye/change",
    "/conversation/journeys/check_in/questions/feel_today/change",
    "/conversation/journeys/safety_plan/new?section=now",
    *(
        f"/conversation/settings/{way}"
        for way in ("lines/change", "words/change", "offer/change", "hours/change?team=Navigators")
    ),
)
#: At the first place of a service, and the service at a confidential one that it should not name.
HOURS = (
    {
        "description": "Next to Harbor House shelter.",
        "schedules": [{"byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}],
    },
    {
        "location": {"id": "quiet", "attributes": [{"value": "confidential"}]},
        "schedules": [{"byday": "FR", "opens_at": "20:00", "closes_at": "08:00"}],
    },
)
#: What somebody says who went there in vain.
AWAY = {"went": "no", "why_not": "closed"}


class Scene:
    """A desk on a busy day, served, and who looks at it."""

    def __init__(self, office: Office, url: str) -> None:
        self.url = url
        self.nora, self.sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
        self.ada, self.eva = office.sign_in("admin", "Ada"), office.sign_in("evaluator", "Eva")
        self.lea = office.sign_in("partner", "Lea", agency=AGENCY)
        fill(office)
        spread(office, NIGHT, *HOURS)
        office.do(_open_agency)
        danger = meet(office, reason="danger", words="he is outside", note=["You: i am scared"])
        self.waiting, self.held = danger, meet(office, note=["You: i need a lawyer"])
        hold(office, self.nora, self.held)
        self._talk(office, self.held)
        office.do(lambda s: save_debrief(s, self.nora.staff_id, datetime.now(UTC)))
        self.release = self._release()
        self.unheard = Unheard(office).say("can i bring my … or not")
        self.rehearsed = self._rehearse(office)
        self.pack = send(self.ada, honest()).headers["Location"]
        self.referral = office.do(lambda s: s.scalar(select(ReferralRow.id)))
        self.task = office.do(lambda s: s.scalar(select(TaskRow.id)))

    def _talk(self, office: Office, person: Person) -> None:
        write(office, person, "are you there")
        nora, now = self.nora, datetime.now(UTC)
        due = (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        nora.submit(f"{person.way}/send", words="Hello, I am Nora.", line_id=str(uuid.uuid4()))
        nora.submit(f"{person.way}/referrals", agency=AGENCY, name="Ana", need="legal help")
        office.do(lambda s: answer_release(s, person.key, person.id, True, now))
        nora.submit(f"{person.way}/tasks", kind="follow_up", due=due, words="call the clinic")

    def _release(self) -> str:
        """One that the gate refuses."""
        form = read_form(self.ada, CHANGES[0])
        form |= {"release": "new", "title": "Goodbye", "why": "It was short."}
        form["text-saying/utter_goodbye/en/"] = "You are safe here, always."
        way = save(self.ada, CHANGES[0], form)
        self.ada.submit(f"{way}/check")
        return way

    def _rehearse(self, office: Office) -> list[str]:
        """A talk with that release, and all conversations played with it."""
        draft, hello = self.release.rsplit("/", 1)[-1], make_turn("hi", ["utter_ask_safe"])
        ways = [say(self.ada, "hi", release=draft).headers["Location"]]
        for row in find_asked(office):
            finish(office, row.id, make_talk(make_turn("hi", ["a"]) if row.release_id else hello))
        ways.append(f"/conversation/tests/new?rehearsal={row.id}")
        played = self.ada.submit("/conversation/tests/play", release=draft)
        finish(office, find_asked(office)[-1].id, make_everything(make_difference("Mine")))
        return [*ways, "/conversation/tests", played.headers["Location"]]

    def ways(self) -> dict[str, tuple[Browser | None, list[str]]]:
        """Each role's pages; ``visitor`` is not signed in."""
        held, waiting = self.held.way, self.waiting.way
        desk = ["/", "/tasks", "/openings", "/rest", "/practice", f"/tasks/{self.task}"]
        talk = [held, *(f"{held}/{one}" for one in ("plan", "referrals", "transfer", "block"))]
        watch = ["/load", "/services", "/blocks", "/audit", "/audit/check", f"{waiting}/opening"]
        staff = ["/staff", "/services", "/staff/invite", "/conversation?words=red"]
        parts = ("topics/welcome", "meanings/ask_bot", "journeys/safety_plan")
        staff += [f"/conversation/{part}" for part in parts]
        staff += [
            *CHANGES,
            *self.rehearsed,
            "/releases",
            self.release,
            "/conversation/try",
            "/conversation/stuck",
            LIST,
            self.unheard,
        ]
        staff += ["/conversation/settings"]
        staff += ["/pack", self.pack, f"{self.pack}/throw-away"]
        keep = (
            "",
            "/new",
            "/due",
            "/beds",
            "/doubles",
            "/namings",
            "/answers",
            "/import",
            "/service/svc-01",
        )
        staff += [f"/directory{one}" for one in (*keep, "/change/svc-04")]
        return {
            "navigator": (self.nora, [*desk, *talk]),
            "supervisor": (self.sol, ["/", *watch]),
            "admin": (self.ada, [*staff, f"/staff/{self.nora.staff_id}"]),
            "partner": (self.lea, ["/partner", f"/partner/{self.referral}"]),
            "evaluator": (self.eva, ["/", "/nowhere"]),
            "visitor": (None, ["/sign-in", "/join/nothing"]),
        }


async def _open_agency(session: AsyncSession) -> None:
    """One that turns people away."""
    for _ in range(3):
        await save_outcome(session, {"place": AGENCY, **AWAY}, datetime.now(UTC))
    session.add(
        ServiceRow(
            id=AGENCY, name="Alder Legal Aid", organization="Alder", description="",
            needs=["legal"], keys=[], confidential=False, nationwide=False, languages=["en"],
            free=True, schedules=[],
        )
    )  # fmt: skip


@pytest.fixture
def scene(tmp_path: Path, plain_database_url: str) -> Iterator[Scene]:
    """A console that serves."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ThreadPoolExecutor(1) as other:  # the browser's library runs a loop in this thread
        office = other.submit(
            Office, tmp_path / "home", plain_database_url, WAYMARK_CONSOLE_URL=url
        ).result()
        made = other.submit(Scene, office, url).result()
    office.restart()
    config = uvicorn.Config(office.app, port=port, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_for(lambda: server.started, "the console")
    yield made
    server.should_exit = True
    thread.join()


def look(page: Page, url: str) -> list[str]:
    """What is in the way on a page, and whether it must be pushed sideways to be read."""
    page.goto(url)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*find_barriers(page), *(["wider than the window"] if wide else [])]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_no_page_has_barriers(open_page: Open, scene: Scene, size: str, light: Any) -> None:
    found: dict[str, list[str]] = {}
    for role, (browser, ways) in scene.ways().items():
        page = open_page(size)
        page.emulate_media(color_scheme=light)
        if browser is not None:
            cookies = [
                {"name": name, "value": value, "url": scene.url}
                for name, value in browser.cookies.items()
            ]
            page.context.add_cookies(cookies)  # type: ignore[arg-type]
        for way in ways:
            if barriers := look(page, f"{scene.url}{way}"):
                found[f"{role} {way.rsplit('/', 1)[-1]}"] = barriers
    assert found == {}
