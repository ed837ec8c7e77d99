"""The plan's page in a browser, reached from the chat: it is read, printed, and left at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import ROOT
from bot.store.embedded import Cluster
from bot.store.outbox import next_open_reply, save_replies, show_reply
from bot.store.people import save_person
from bot.store.sealed import open_person
from bot.store.slots import save_slots
from bot.vault.links import CALENDAR_FILE, PLAN_PAGE
from bot.wire.turns import Reply
from tests.appointments.desk import slot
from tests.databases import Databases, address
from tests.house import free_port, wait_for
from tests.pages.conftest import SIZES, Open
from tests.pages.elsewhere import WORDS, Elsewhere
from tests.pages.steps import say
from tests.pages.test_barriers import find_barriers
from tests.pages.test_quick_exit import WAYS, history, press_button
from tests.papers import ANSWERS, Desk
from tests.plain import PLAIN
from tests.worker.conftest import open_settings

LINE = "I can move to: by the front door."
LONG = {**ANSWERS, "now_out": "x" * 300, "people_who": "مريم", "papers_take": "blue bag, " * 60}


@dataclass(frozen=True)
class Gateway:
    """The one part of the house that runs, and the desk behind it."""

    desk: Desk

    @property
    def url(self) -> str:
        """Its address, which is the site's own."""
        return self.desk.settings.public_url

    def plan(self, language: str = "en") -> str:
        """The address of somebody's plan."""
        person_id = self.desk.meet(LONG, language)
        return f"{self.url}/plan/{self.desk.link(PLAN_PAGE, person_id)}"

    def reply(self, token: str, text: str) -> None:
        """What the worker does once the engine has answered."""

        async def effect(session: AsyncSession) -> None:
            vault = self.desk.vault
            person = await save_person(session, vault, "web", token)
            await save_replies(session, open_person(vault, person), person.id, [Reply(text)])
            row = await next_open_reply(session, person.id)
            assert row is not None
            row.tried_at = datetime.now(UTC)
            await show_reply(session, row)

        self.desk.do(effect)


@pytest.fixture(scope="module")
def gateway(
    cluster: Cluster, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """A gateway on a database of its own; no engine and no worker."""
    home, port = tmp_path_factory.mktemp("house"), str(free_port())
    url = address(cluster, databases.take())
    settings = open_settings(home, url, WAYMARK_PORT=port)
    running = _start(home, url, port)
    wait_for(lambda: _answers(settings.public_url), "the gateway")
    yield Gateway(Desk(settings))
    running.terminate()
    running.wait()


def _start(home: Path, url: str, port: str) -> subprocess.Popen[bytes]:
    house = {"WAYMARK_HOME": str(home), "WAYMARK_DATABASE_URL": url, "WAYMARK_PORT": port}
    return subprocess.Popen(
        [sys.executable, "-m", "gateway"],
        cwd=ROOT,
        env={**os.environ, **house},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/", trust_env=False, verify=PLAIN).is_success
    except httpx.HTTPError:
        return False


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_plan_has_no_barriers(
    open_page: Open, gateway: Gateway, size: str, light: Any, language: str
) -> None:
    page = open_page(size)
    page.emulate_media(color_scheme=light)
    page.goto(gateway.plan(language))
    assert find_barriers(page) == []
    assert page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth") == 0


def test_plan_is_small_neutral_and_leaves_nothing(page: Page, gateway: Gateway) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(gateway.plan(), wait_until="networkidle")
    expect(page.get_by_text(LINE)).to_be_visible()
    assert page.title() == "Chat"
    assert all(url.startswith((f"{gateway.url}/", "data:")) for url in asked)
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""] and page.context.cookies() == []


@pytest.mark.parametrize("way", WAYS)
def test_quick_exit_leaves_and_back_does_not_return(
    page: Page, gateway: Gateway, elsewhere: Elsewhere, way: Callable[[Page], None]
) -> None:
    page.goto("data:text/html,before")
    page.goto(gateway.plan())
    way(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert not any(url.startswith(gateway.url) for url in history(page))
    assert elsewhere.referrers[-1] is None


def test_quick_exit_comes_first_and_works_without_script(
    plain_page: Page, gateway: Gateway, elsewhere: Elsewhere
) -> None:
    plain_page.goto(gateway.plan())
    expect(plain_page.get_by_text(LINE)).to_be_visible()
    expect(plain_page.get_by_text("Print")).to_be_hidden()
    plain_page.mouse.wheel(0, 5000)
    plain_page.keyboard.press("Tab")
    button = plain_page.get_by_role("button", name="Leave now")
    expect(button).to_be_focused()
    expect(button).to_be_in_viewport(ratio=1)
    press_button(plain_page)
    expect(plain_page.get_by_text(WORDS)).to_be_visible()
    assert elsewhere.referrers[-1] is None


def test_paper_is_black_on_white_and_holds_the_plan_alone(page: Page, gateway: Gateway) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(gateway.plan())
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body[data-printed=yes]")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_text(LINE)).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Whoever finds")).to_be_hidden()
    look = "[document.body].map(getComputedStyle).flatMap((s) => [s.color, s.backgroundColor])"
    assert page.evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_link_in_a_reply_opens_the_plan_in_the_same_tab(page: Page, gateway: Gateway) -> None:
    plan, foreign = gateway.plan(), "https://elsewhere.example/plan/x <b>bold</b>"
    token = _begin(page, gateway)
    gateway.reply(token, f"Not this: {foreign}\nThis: {plan}.")
    link = page.locator("#talk a")
    expect(link).to_have_text(plan)
    expect(page.locator("#talk li").last).to_have_text(f"Not this: {foreign}\nThis: {plan}.")
    assert find_barriers(page) == []
    link.click(timeout=5_000)
    expect(page.get_by_text(LINE)).to_be_visible()
    assert page.url == plan and len(page.context.pages) == 1


def test_calendar_file_is_taken_down_and_the_chat_stays(page: Page, gateway: Gateway) -> None:
    gateway.desk.do(lambda session: save_slots(session, "clinic", [slot()], datetime.now(UTC)))
    token = _begin(page, gateway)
    gateway.reply(token, f"{gateway.url}/c/{gateway.desk.link(CALENDAR_FILE, slot().id)}")
    with page.expect_download() as taken:
        page.locator("#talk a").click()
    assert taken.value.suggested_filename == "event.ics"
    assert "SUMMARY:Busy" in Path(taken.value.path()).read_text(encoding="utf-8")
    expect(page.locator("li.mine")).to_have_text(f"hi {gateway.url}/c/x")


def _begin(page: Page, gateway: Gateway) -> str:
    """Say something that holds an address, which stays bare text; the session's token."""
    page.goto(f"{gateway.url}/")
    with page.expect_response("**/chat/messages") as sent:
        say(page, f"hi {gateway.url}/c/x")
    return sent.value.request.headers["authorization"].removeprefix("Bearer ")
