"""A real browser, the one that the system brings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from bot.settings import ROOT
from bot.site import load_site
from tests.house import RunningHouse
from tests.pages.elsewhere import Elsewhere

#: A phone's and a desk's window, in CSS pixels.
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
#: No fetching of its own, so that nothing but the page can fail; root has no sandbox.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
#: Playwright switches this off; people's browsers bring pages back from memory, so ours does too.
AS_AT_HOME = ["--disable-back-forward-cache"]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """The demo site's harmless page."""
    host = urlsplit(load_site(ROOT / "sites" / "demo").web.away).hostname
    assert host
    playing = Elsewhere(tmp_path_factory.mktemp("elsewhere"), host)
    yield playing
    playing.stop()


@pytest.fixture(scope="module")
def browser(elsewhere: Elsewhere) -> Iterator[Browser]:
    """Chromium without a window. It holds the thread's event loop, so it goes with its module."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed, so the pages are not looked at")
    flags = [*QUIET, *elsewhere.browser_flags, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=flags, ignore_default_args=AS_AT_HOME
        )
        yield started
        started.close()


def _is_our_fault(said: ConsoleMessage) -> bool:
    """A line that is cut because the visitor left is no fault."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a window of its own. A script's error, or one that the policy stops, fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if _is_our_fault(said):
            errors.append(said.text)

    def opened(
        size: str = "phone",
        *,
        script: bool = True,
        locale: str = "en-US",
        may_complain: bool = False,
    ) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            java_script_enabled=script,
            ignore_https_errors=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if not may_complain:
            page.on("console", note)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(params=SIZES)
def page(open_page: Open, request: pytest.FixtureRequest) -> Page:
    """A window of each size."""
    return open_page(request.param)


@pytest.fixture(params=SIZES)
def plain_page(open_page: Open, request: pytest.FixtureRequest) -> Page:
    """A window of each size, in a browser that runs no script."""
    return open_page(request.param, script=False)


@pytest.fixture
def chat(page: Page, stack: RunningHouse) -> Page:
    """The chat, opened."""
    page.goto(f"{stack.url}/")
    return page


@pytest.fixture
def plain_chat(plain_page: Page, stack: RunningHouse) -> Page:
    """The chat, opened without script."""
    plain_page.goto(f"{stack.url}/")
    return plain_page
