"""The web chat in a browser that runs its script: by keyboard, on a phone, in two languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.house import RunningHouse, wait_for
from tests.pages.conftest import Open
from tests.pages.steps import FIRST, agree_to_be_remembered, begin, say

pytestmark = pytest.mark.stack


def test_talk_by_keyboard(chat: Page) -> None:
    chat.keyboard.press("Tab")
    chat.get_by_label("Your message").focus()
    chat.keyboard.type("hi")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text(FIRST)).to_be_visible()
    chat.get_by_role("button", name="Yes, it is safe").press("Enter")
    expect(chat.get_by_text("OK to go on?")).to_be_visible()
    expect(chat.get_by_role("button", name="Yes, it is safe")).to_have_count(0)


def test_nothing_is_wider_than_the_window(chat: Page) -> None:
    say(chat, "x" * 400)
    expect(chat.get_by_text(FIRST)).to_be_visible()
    assert not chat.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_whole_page_speaks_spanish_and_loses_nothing(chat: Page) -> None:
    begin(chat)
    chat.get_by_role("button", name="Español").click()
    expect(chat.locator("html")).to_have_attribute("lang", "es")
    expect(chat.get_by_text(FIRST)).to_be_visible()
    chat.get_by_label("Tu mensaje").fill("hola, necesito ayuda")
    chat.get_by_role("button", name="Enviar").click()
    expect(chat.locator("li[lang=es]").first).to_be_visible()
    chat.get_by_role("button", name="English").click()
    expect(chat.get_by_label("Your message")).to_be_visible()


def test_page_follows_the_language_of_the_talk(chat: Page) -> None:
    say(chat, "hola, necesito ayuda por favor")
    expect(chat.get_by_label("Tu mensaje")).to_be_visible()
    expect(chat.locator("html")).to_have_attribute("lang", "es")


def test_browser_in_spanish_gets_spanish(open_page: Open, stack: RunningHouse) -> None:
    page = open_page(locale="es-MX")
    page.goto(f"{stack.url}/")
    expect(page.get_by_role("button", name="Salir ya")).to_be_visible()


def test_every_control_has_a_name_and_room_for_a_thumb(chat: Page) -> None:
    begin(chat)
    for button in chat.get_by_role("button").all():
        assert button.inner_text().strip() or button.get_attribute("aria-label")
        box = button.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44
    assert chat.get_by_role("log").count() == 1


def test_what_is_read_stays_in_view(chat: Page) -> None:
    begin(chat)
    chat.get_by_role("button", name="Yes, it is safe").click()
    expect(chat.get_by_role("button", name="OK, go on")).to_be_in_viewport(ratio=1)


def test_typed_exit_word_leaves_too(chat: Page, stack: RunningHouse) -> None:
    begin(chat)
    say(chat, "Exit!")
    expect(chat.get_by_text("somewhere else")).to_be_visible()
    assert stack.url not in chat.url


def test_reload_begins_anew_without_consent(chat: Page) -> None:
    begin(chat)
    chat.reload()
    expect(chat.get_by_label("Your message")).to_be_visible()
    expect(chat.get_by_text(FIRST)).to_have_count(0)
    assert chat.context.cookies() == []


def test_nothing_is_kept_in_the_browser(chat: Page) -> None:
    begin(chat)
    kept = "[localStorage.length, sessionStorage.length, document.cookie, location.search]"
    assert chat.evaluate(kept) == [0, 0, "", ""]
    assert chat.evaluate("caches.keys()") == []
    assert chat.evaluate("indexedDB.databases()") == []


def test_reload_goes_on_for_who_agreed_to_be_remembered(chat: Page) -> None:
    with chat.expect_response("**/chat/remember"):
        agree_to_be_remembered(chat)
    (cookie,) = chat.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
    chat.reload()
    expect(chat.get_by_text(FIRST)).to_be_visible()
    say(chat, "97999")
    expect(chat.locator("li.mine")).to_have_text("97999")
    chat.get_by_role("button", name="Leave now").click()
    expect(chat.get_by_text("somewhere else")).to_be_visible()
    # The page does not wait for the answer that takes the cookie away.
    wait_for(lambda: chat.context.cookies() == [], "a browser without cookies")
