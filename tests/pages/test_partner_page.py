"""The chat on a partner's page: in a frame that only partners may use, and gone with the page."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.settings import ROOT
from tests.house import RunningHouse, free_port, wait_for
from tests.pages.conftest import SIZES, Open
from tests.pages.elsewhere import WORDS
from tests.pages.steps import FIRST

pytestmark = pytest.mark.stack


@dataclass(frozen=True)
class Partner:
    """A partner's page, and the gateway of a site that knows this partner."""

    page_url: str
    stranger_url: str
    chat_url: str


@pytest.fixture(scope="module")
def partner(stack: RunningHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    """Two pages with the snippet, one on the site's list and one not, and its gateway."""
    port, folder = free_port(), tmp_path_factory.mktemp("site") / "site"
    chat_url = f"http://127.0.0.1:{port}"
    server = ThreadingHTTPServer(("127.0.0.1", 0), _page_with(f"{chat_url}/embed.js"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page_url = f"http://localhost:{server.server_address[1]}"
    _save_site(folder, page_url)
    gateway = subprocess.Popen(
        [sys.executable, "-m", "gateway"],
        cwd=ROOT,
        env={**stack.environment, "WAYMARK_SITE": str(folder), "WAYMARK_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: _answers(chat_url), "the partner's gateway")
    yield Partner(page_url, f"http://127.0.0.1:{server.server_address[1]}", chat_url)
    gateway.terminate()
    gateway.wait()
    server.shutdown()


def _save_site(folder: Path, partner: str) -> None:
    shutil.copytree(ROOT / "sites" / "demo", folder)
    file = folder / "site.toml"
    text = file.read_text(encoding="utf-8")
    assert "partners = []" in text
    file.write_text(text.replace("partners = []", f'partners = ["{partner}"]'), encoding="utf-8")


def _page_with(snippet: str) -> type[BaseHTTPRequestHandler]:
    script = f'<script src="{snippet}" defer></script>'
    body = f"<!doctype html><title>Partner</title><p>our page</p>{script}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/", trust_env=False).is_success
    except httpx.HTTPError:
        return False


def open_chat(page: Page, url: str) -> None:
    """Press the snippet's button."""
    page.goto(url)
    page.get_by_role("button", name="Chat").click()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", ["button", "keys in the chat"])
def test_talks_in_a_frame_and_leaves_with_the_whole_page(
    open_page: Open, partner: Partner, size: str, way: str
) -> None:
    page = open_page(size)
    open_chat(page, partner.page_url)
    chat = page.frame_locator("iframe")
    chat.get_by_label("Your message").fill("hi")
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text(FIRST)).to_be_visible()
    if way == "button":
        chat.get_by_role("button", name="Leave now").click()
    else:
        chat.get_by_label("Your message").focus()
        for _ in range(3):
            page.keyboard.press("Escape")
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert page.context.cookies() == []
    tools = page.context.new_cdp_session(page)
    entries = tools.send("Page.getNavigationHistory")["entries"]
    assert not any(partner.page_url in entry["url"] for entry in entries)


def test_button_hides_the_chat_and_brings_it_back_as_it_was(
    open_page: Open, partner: Partner
) -> None:
    page = open_page("phone")
    open_chat(page, partner.page_url)
    chat = page.frame_locator("iframe")
    chat.get_by_label("Your message").fill("not sent yet")
    page.get_by_role("button", name="Hide the chat").click()
    expect(page.locator("iframe")).to_be_hidden()
    page.get_by_role("button", name="Chat").click()
    expect(chat.get_by_label("Your message")).to_have_value("not sent yet")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_without_script_the_frame_leaves_with_the_whole_page(
    open_page: Open, partner: Partner
) -> None:
    page = open_page("phone", script=False)
    page.goto(partner.page_url)
    page.set_content(f'<iframe src="{partner.chat_url}/framed" width=380 height=700></iframe>')
    chat = page.frame_locator("iframe")
    chat.get_by_label("Your message").fill("hi")
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text(FIRST)).to_be_visible()
    chat.get_by_role("button", name="Leave now").click()
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_nobody_else_may_frame_it(partner: Partner, stack: RunningHouse) -> None:
    framed = httpx.get(f"{partner.chat_url}/framed", trust_env=False)
    assert f"frame-ancestors {partner.page_url}" in framed.headers["Content-Security-Policy"]
    for path in ("/", "/hide", "/embed.js", "/nowhere"):
        policy = httpx.get(f"{partner.chat_url}{path}", trust_env=False).headers
        assert "frame-ancestors 'none'" in policy["Content-Security-Policy"]
    assert httpx.get(f"{stack.url}/framed", trust_env=False).status_code == 404


def test_page_that_is_not_on_the_list_gets_no_chat(open_page: Open, partner: Partner) -> None:
    page = open_page("phone", may_complain=True)
    open_chat(page, partner.stranger_url)
    expect(page.frame_locator("iframe").get_by_label("Your message")).to_have_count(0)
