"""A real browser, the one that the system brings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

#: A phone's and a desk's window, in CSS pixels.
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
#: No fetching of its own, so that nothing but the page can fail; root has no sandbox.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. It holds the thread's event loop, so it goes with its module."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed, so the pages are not looked at")
    flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()


def _is_our_fault(said: ConsoleMessage) -> bool:
    """A line that is cut because the visitor left is no fault."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of each size. A script's error, or one that the page's own policy stops, fails it."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if _is_our_fault(said) else None)
    yield page
    context.close()
    assert errors == []
