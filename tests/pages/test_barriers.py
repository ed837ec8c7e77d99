"""Barriers, as axe-core finds them: WCAG 2.2 A and AA, on a phone and a desk, with and without
script, in the light and in the dark."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.house import RunningHouse
from tests.pages.conftest import SIZES, Open
from tests.pages.steps import begin

pytestmark = pytest.mark.stack

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_barriers(page: Page) -> list[str]:
    """Each rule that is broken, with the first element that breaks it."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "(runOnly) => axe.run(document, { runOnly, rules: { 'target-size': { enabled: true } } })",
        RULES,
    )
    assert len(found["passes"]) > 15
    return [f"{broken['id']}: {broken['nodes'][0]['html']}" for broken in found["violations"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_chat_has_no_barriers(open_page: Open, stack: RunningHouse, size: str, light: Any) -> None:
    page = open_page(size)
    page.emulate_media(color_scheme=light)
    page.goto(f"{stack.url}/")
    assert find_barriers(page) == []
    begin(page)
    assert find_barriers(page) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_plain_chat_has_no_barriers(
    open_page: Open, stack: RunningHouse, size: str, light: Any
) -> None:
    plain = open_page(size, script=False)
    plain.goto(f"{stack.url}/")
    shown = [plain.content()]
    begin(plain)
    shown.append(plain.content())
    for content in shown:
        page = _show_as_it_stands(open_page, stack, size, content)
        page.emulate_media(color_scheme=light)
        assert find_barriers(page) == []


def _show_as_it_stands(open_page: Open, stack: RunningHouse, size: str, content: str) -> Page:
    """axe is a script: show it the plain page in a browser that runs scripts, but not ours."""
    page = open_page(size)
    page.route("**/*.js", lambda route: route.abort())
    page.route(f"{stack.url}/", lambda route: route.fulfill(body=content, content_type="text/html"))
    page.goto(f"{stack.url}/")
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/hide", "/hide?lang=es", "/?lang=es", "/nowhere"])
def test_other_pages_have_no_barriers(
    open_page: Open, stack: RunningHouse, size: str, path: str
) -> None:
    page = open_page(size)
    page.goto(f"{stack.url}{path}")
    for summary in page.locator("summary").all():
        summary.click()
    assert find_barriers(page) == []


def test_search_would_find_one(chat: Page) -> None:
    chat.evaluate("document.querySelector('label').remove()")
    assert any(broken.startswith("label") for broken in find_barriers(chat))


def test_every_control_works_by_keyboard(chat: Page) -> None:
    begin(chat)
    names = []
    chat.evaluate("document.activeElement.blur()")
    for _ in range(12):
        chat.keyboard.press("Tab")
        names.append(
            chat.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
        )
    for wanted in ("Leave now", "Español", "Yes, it is safe", "text", "Send"):
        assert wanted in names


def test_hide_page_tells_each_browser(page: Page, stack: RunningHouse) -> None:
    page.goto(f"{stack.url}/hide")
    for browser in ("Chrome on Android", "Safari on iPhone or iPad", "Firefox", "Samsung Internet"):
        page.get_by_text(browser, exact=True).click()
        opened = page.locator("details[open]")
        expect(opened).to_have_count(1)
        expect(opened.get_by_text("Next time, use a private window")).to_be_visible()
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Ocultar esta visita")).to_be_visible()
