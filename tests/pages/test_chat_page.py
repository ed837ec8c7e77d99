"""The web chat in a browser: by keyboard, on a phone, in two languages, and gone at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.house import RunningHouse

pytestmark = pytest.mark.stack


@pytest.fixture
def chat(page: Page, stack: RunningHouse) -> Page:
    """The page, opened."""
    page.goto(f"{stack.url}/")
    return page


def test_talk_by_keyboard(chat: Page) -> None:
    chat.keyboard.press("Tab")
    chat.get_by_label("Your message").focus()
    chat.keyboard.type("hi")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("Is it safe to text right now?")).to_be_visible()
    chat.get_by_role("button", name="Yes, it is safe").press("Enter")
    expect(chat.get_by_text("OK to go on?")).to_be_visible()
    expect(chat.get_by_role("button", name="Yes, it is safe")).to_have_count(0)


def test_nothing_is_wider_than_the_window(chat: Page) -> None:
    chat.get_by_label("Your message").fill("x" * 400)
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text("Is it safe to text right now?")).to_be_visible()
    wider = chat.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wider


def test_whole_page_speaks_spanish(chat: Page) -> None:
    chat.get_by_role("button", name="Cambiar a español").or_(
        chat.get_by_role("button", name="Español")
    ).first.click()
    expect(chat.locator("html")).to_have_attribute("lang", "es")
    expect(chat.get_by_label("Tu mensaje")).to_be_visible()
    chat.get_by_label("Tu mensaje").fill("hola")
    chat.get_by_role("button", name="Enviar").click()
    expect(chat.get_by_text("¿Puedes escribir sin peligro ahora?")).to_be_visible()


def test_every_control_has_a_name_and_room_for_a_thumb(chat: Page) -> None:
    for button in chat.get_by_role("button").all():
        assert button.inner_text().strip() or button.get_attribute("aria-label")
        box = button.bounding_box()
        assert box and box["height"] >= 40 and box["width"] >= 40
    assert chat.locator("[aria-live]").count() == 1


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leaving_shows_nothing_more(page: Page, stack: RunningHouse, way: str) -> None:
    page.route("**/*", lambda route: _serve_elsewhere(route, stack.url))
    page.goto(f"{stack.url}/")
    page.get_by_label("Your message").fill("hi")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Is it safe to text right now?")).to_be_visible()
    if way == "button":
        page.get_by_role("button", name="Leave now").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    expect(page.get_by_text("somewhere else")).to_be_visible()
    assert stack.url not in page.url
    page.go_back()
    expect(page.get_by_text("Is it safe to text right now?")).to_have_count(0)


def _serve_elsewhere(route, own: str) -> None:  # type: ignore[no-untyped-def]
    """The site that a visitor is sent to is not asked by a test."""
    if route.request.url.startswith(own):
        route.continue_()
    else:
        route.fulfill(status=200, content_type="text/html", body="<p>somewhere else</p>")
