"""A navigator's page in a real browser: typed text survives all that can happen to it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from sqlalchemy.ext.asyncio import AsyncSession

from console.app import build_app
from console.house import build
from console.members import COOKIE
from tests.console.conftest import Browser, Office
from tests.console.people import Person, hold, meet, write
from tests.console.talking import find_lines, find_replies, leave, list_services
from tests.house import free_port

Result = TypeVar("Result")
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
#: Milliseconds. The first place of a process takes a while, on a busy machine above all.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
NOTE = ["You: he broke the door last night"]


class Served(Office):
    """The console as a server of this process, which can be stopped and started again."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.port = free_port()
        self._elsewhere = ThreadPoolExecutor(1)  # the browser holds this thread's event loop
        super().__init__(home, database_url, WAYMARK_CONSOLE_PORT=str(self.port))

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Serve; returns once it does."""
        app = build_app(build(self.settings))
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=self.port, log_config=None, timeout_graceful_shutdown=1)
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)

    def stop(self) -> None:
        """Stop, as for an update."""
        self._server.should_exit = True
        self._thread.join()

    def do(self, act: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        """Do something to the database, in a transaction."""
        return self._elsewhere.submit(super().do, act).result()


@pytest.fixture
def served(tmp_path: Path, plain_database_url: str) -> Iterator[Served]:
    office = Served(tmp_path / "home", plain_database_url)
    office.start()
    yield office
    office.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed, so the pages are not looked at")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()


class Desk:
    """A navigator, a person, and the page of their talk."""

    def __init__(self, served: Served, chromium: Chromium, size: str, *, script: bool) -> None:
        self.served, self.errors = served, list[str]()
        self.nora: Browser = served.sign_in("navigator", languages=("en",))
        self.ana: Person = meet(served, note=NOTE, language="es")
        hold(served, self.nora, self.ana)
        width, height = SIZES[size]
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        self.context.add_cookies(
            [{"name": COOKIE, "value": self.nora.cookies[COOKIE], "url": served.url}]
        )
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{served.url}{self.ana.way}")

    def box(self) -> object:
        return expect(self.page.get_by_label("Write to them"))

    def type(self, words: str) -> None:
        self.page.get_by_label("Write to them").fill(words)

    def says(self, sentence: str) -> None:
        expect(self.page.locator("#saved")).to_have_text(sentence)

    def press_send(self) -> None:
        self.page.get_by_role("button", name="Send", exact=True).click()


Sit = Callable[..., Desk]


@pytest.fixture
def sit(served: Served, chromium: Chromium) -> Iterator[Sit]:
    desks: list[Desk] = []

    def sit_down(size: str = "desk", *, script: bool = True) -> Desk:
        desks.append(Desk(served, chromium, size, script=script))
        return desks[-1]

    yield sit_down
    for desk in desks:
        desk.context.close()
        assert desk.errors == []


def test_what_is_typed_is_kept_weighed_and_sent_and_the_answer_comes_by_itself(sit: Sit) -> None:
    desk = sit()
    desk.type("Aquí estoy y te leo. ¿Puedes escribir sin peligro?")
    desk.says("Saved")
    expect(desk.page.locator("#weight")).to_have_text("1 of 2 texts, 50 of 1600 characters")
    desk.page.reload()
    desk.box().to_have_value("Aquí estoy y te leo. ¿Puedes escribir sin peligro?")
    desk.page.get_by_label("Write to them").press("Control+Enter")
    desk.says("Sent")
    desk.box().to_have_value("")
    expect(desk.page.locator("li.line.staff")).to_contain_text("Aquí estoy y te leo.")
    write(desk.served, desk.ana, "tengo miedo")
    expect(desk.page.locator("li.line.person")).to_contain_text("tengo miedo")
    expect(desk.page.get_by_text("I am afraid").first).to_be_visible()
    assert len(find_replies(desk.served, desk.ana)) == 1


def test_a_double_click_sends_once(sit: Sit) -> None:
    desk = sit()
    desk.type("Aquí estoy")
    desk.page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(desk.page.locator("li.line.staff")).to_have_count(1)
    desk.says("Sent")
    assert find_replies(desk.served, desk.ana) == ["Aquí estoy"]


def test_without_a_connection_nothing_is_lost_and_nothing_goes_twice(sit: Sit) -> None:
    desk = sit()
    desk.context.set_offline(True)
    desk.type("Aquí estoy")
    desk.says("Not saved yet; trying again")
    desk.press_send()
    expect(desk.page.locator("#fault")).to_contain_text("Not sent.")
    desk.box().to_have_value("Aquí estoy")
    desk.context.set_offline(False)
    desk.says("Saved")
    desk.press_send()
    desk.says("Sent")
    assert find_replies(desk.served, desk.ana) == ["Aquí estoy"]


def test_an_answer_that_got_lost_on_its_way_back_is_no_second_text(sit: Sit) -> None:
    desk = sit()
    desk.page.route("**/send", lambda route: (route.fetch(), route.abort()))
    desk.type("Aquí estoy")
    desk.press_send()
    expect(desk.page.locator("#fault")).to_contain_text("Not sent.")
    desk.page.unroute("**/send")
    desk.press_send()
    desk.says("Sent")
    assert find_replies(desk.served, desk.ana) == ["Aquí estoy"]


def test_a_restart_of_the_console_loses_nothing(sit: Sit) -> None:
    desk = sit()
    desk.served.stop()
    desk.type("Aquí estoy y te leo")
    desk.says("Not saved yet; trying again")
    desk.served.start()
    desk.says("Saved")
    desk.page.reload()
    desk.box().to_have_value("Aquí estoy y te leo")
    desk.press_send()
    desk.says("Sent")
    assert find_replies(desk.served, desk.ana) == ["Aquí estoy y te leo"]


def test_exit_clears_the_screen_at_once_and_back_shows_nothing(sit: Sit) -> None:
    desk = sit()
    write(desk.served, desk.ana, "tengo miedo")
    expect(desk.page.locator("li.line.person")).to_contain_text("tengo miedo")
    desk.type("he says he comes at nine")
    leave(desk.served, desk.ana)
    expect(desk.page.get_by_role("heading", name="This conversation has ended")).to_be_visible()
    _shows_nothing(desk)
    desk.page.get_by_role("link", name="Back to the desk").click()
    desk.page.wait_for_url(f"{desk.served.url}/")
    desk.page.go_back()
    expect(desk.page.get_by_text("it has ended")).to_be_visible()
    _shows_nothing(desk)


def test_what_is_written_after_exit_goes_nowhere(sit: Sit) -> None:
    desk = sit()
    desk.page.route("**/events*", lambda route: route.abort())
    desk.page.reload()  # no news reach this page
    leave(desk.served, desk.ana)
    desk.type("are you there?")
    expect(desk.page.get_by_role("heading", name="This conversation has ended")).to_be_visible()
    _shows_nothing(desk)
    assert find_replies(desk.served, desk.ana) == []


def test_a_ready_reply_goes_in_at_the_cursor_with_its_blank_selected(sit: Sit) -> None:
    desk = sit()
    desk.type("Hola.")
    desk.page.get_by_text("Ready replies").click()
    desk.page.get_by_role("button", name="A service that may help").click()
    box = desk.page.get_by_label("Write to them")
    selected = "b => b.value.slice(b.selectionStart, b.selectionEnd)"
    assert box.evaluate(selected) == "{service}"
    desk.page.keyboard.type("Alder House")
    assert box.input_value().startswith("Hola. Alder House quizá")
    expect(desk.page.locator("#hints-for-you")).to_contain_text("Still open: {phone}, {hours}.")
    desk.press_send()
    expect(desk.page.locator("#fault")).to_contain_text("Fill in {phone}, {hours} first")
    assert find_replies(desk.served, desk.ana) == []


def test_enter_in_the_place_looks_up_and_sends_nothing(sit: Sit) -> None:
    desk = sit()
    list_services(desk.served, {"id": "svc-1", "name": "Alder Pantry"})
    desk.type("Un momento")
    desk.says("Saved")
    desk.page.get_by_text("Look up a service").click()
    desk.page.get_by_label("What they need").select_option("food")
    desk.page.get_by_label("Town or ZIP").fill("Alder Falls")
    desk.page.get_by_label("Town or ZIP").press("Enter")
    expect(desk.page.get_by_role("heading", name="Alder Pantry")).to_be_visible()
    assert find_replies(desk.served, desk.ana) == []
    desk.box().to_have_value("Un momento")
    desk.page.get_by_role("button", name="Send this").click()
    expect(desk.page.locator("li.line.staff")).to_contain_text("Alder Pantry")
    desk.box().to_have_value("Un momento")


def test_everything_works_without_a_script(sit: Sit) -> None:
    desk = sit("phone", script=False)
    list_services(desk.served, {"id": "svc-1", "name": "Alder Pantry"})
    desk.type("Hola.")
    desk.page.locator("#ready summary").click()
    desk.page.get_by_role("button", name="Take your time").click()
    assert desk.page.get_by_label("Write to them").input_value().startswith("Hola.\nTómate")
    desk.page.locator("#services summary").click()
    desk.page.get_by_label("What they need").select_option("food")
    desk.page.get_by_label("Town or ZIP").press("Enter")
    expect(desk.page.get_by_role("heading", name="Alder Pantry")).to_be_visible()
    desk.press_send()
    expect(desk.page.locator("li.line.staff")).to_have_count(1)
    desk.box().to_have_value("")
    assert len(find_lines(desk.served, desk.ana)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_stands_in_anybodys_way(sit: Sit, size: str, scheme: str) -> None:
    desk = sit(size)
    desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    list_services(desk.served, {"id": "svc-1", "name": "Alder Pantry"})
    write(desk.served, desk.ana, "hola, tengo miedo")
    desk.type("Notwithstanding {phone}")
    desk.says("Saved")
    for summary in desk.page.locator("summary").all():
        summary.click()
    desk.page.get_by_label("What they need").select_option("food")
    desk.page.get_by_role("button", name="Look up").click()
    expect(desk.page.get_by_role("heading", name="Alder Pantry")).to_be_visible()
    found = Axe().run(desk.page).response["violations"]
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found] == []
    wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    if folder := os.environ.get("WAYMARK_PICTURES"):
        desk.page.screenshot(path=f"{folder}/talk-{size}-{scheme}.png", full_page=True)


def _shows_nothing(desk: Desk) -> None:
    page = desk.page.content()
    for word in ("tengo miedo", "comes at nine", "broke the door", "are you there?"):
        assert word not in page
    assert desk.page.locator("textarea").count() == 0
