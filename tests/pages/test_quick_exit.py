"""Quick exit: seen at every moment, gone at once, and nothing comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.house import RunningHouse, wait_for
from tests.pages.conftest import SIZES, Open
from tests.pages.elsewhere import WORDS, Elsewhere
from tests.pages.film import Film
from tests.pages.steps import FIRST, begin, say
from tests.records import Records
from tests.visitor import find_token

pytestmark = pytest.mark.stack


def press_button(page: Page) -> None:
    """As with a mouse or a thumb."""
    page.get_by_role("button", name="Leave now").click()


def press_escape(page: Page) -> None:
    """Three times."""
    for _ in range(3):
        page.keyboard.press("Escape")


def press_shift(page: Page) -> None:
    """Three times."""
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS = [press_button, press_escape, press_shift]


def history(page: Page) -> list[str]:
    """The addresses that Back and Forward reach."""
    tools = page.context.new_cdp_session(page)
    return [entry["url"] for entry in tools.send("Page.getNavigationHistory")["entries"]]


@pytest.mark.parametrize("way", WAYS)
def test_leaves_and_back_does_not_return(
    page: Page, stack: RunningHouse, elsewhere: Elsewhere, way: Callable[[Page], None]
) -> None:
    page.goto("data:text/html,before")
    page.goto(f"{stack.url}/")
    with page.expect_request("**/chat/messages") as sent:
        begin(page)
    token = sent.value.headers["authorization"].removeprefix("Bearer ")
    way(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert not any(url.startswith(stack.url) for url in history(page))
    page.go_back()
    expect(page.get_by_text("before")).to_be_visible()
    wait_for(lambda: not Records(stack.settings).of("conversation", "web", token), "the end of it")
    assert elsewhere.referrers[-1] is None


@pytest.mark.parametrize("way", WAYS)
def test_leaves_before_anything_was_said_and_stores_nothing(
    page: Page, stack: RunningHouse, way: Callable[[Page], None]
) -> None:
    before = Records(stack.settings).counts()
    page.goto(f"{stack.url}/")
    way(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert Records(stack.settings).counts() == before


def test_page_is_blank_while_the_other_one_is_on_its_way(page: Page, stack: RunningHouse) -> None:
    """The other page may be slow: until it is there, an empty one with no title is seen."""
    waiting: list[Route] = []
    page.goto(f"{stack.url}/")
    begin(page)
    page.route("https://**", lambda route: waiting.append(route))
    film = Film(page)
    assert not film.is_white()
    press_escape(page)
    wait_for(film.is_white, "a blank page")
    assert "Chat" not in film.tools.send("Target.getTargetInfo")["targetInfo"]["title"]
    waiting[0].continue_()
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_leaves_when_the_house_does_not_answer(page: Page, stack: RunningHouse) -> None:
    page.goto(f"{stack.url}/")
    begin(page)
    page.route(f"{stack.url}/**", lambda route: route.abort())
    press_button(page)
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_session_is_shut_at_once(page: Page, stack: RunningHouse) -> None:
    page.goto(f"{stack.url}/")
    with page.expect_request("**/chat/messages") as sent:
        begin(page)
    headers = {"Authorization": sent.value.headers["authorization"]}
    with page.expect_request("**/chat/exit"):
        press_button(page)
    api = page.context.request
    wait_for(
        lambda: api.get(f"{stack.url}/chat/events", headers=headers).status == 410, "silence", 1
    )
    message = {"id": "7d3c2f60-0000-4000-8000-000000000001", "text": "hi"}
    answer = api.post(f"{stack.url}/chat/messages", headers=headers, data=message)
    assert answer.status == 410


def test_pressing_twice_or_slowly_or_between_letters_does_not_leave(
    page: Page, stack: RunningHouse
) -> None:
    page.clock.install()
    page.goto(f"{stack.url}/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_text("Press once more to leave.")
    page.clock.fast_forward(5_100)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift")
    page.get_by_label("Your message").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    expect(page.get_by_label("Your message")).to_have_value("ABCD")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(4_900)
    assert page.url == f"{stack.url}/"
    page.keyboard.press("Shift")
    page.wait_for_url("https://**")


def test_page_left_another_way_comes_back_empty(page: Page, stack: RunningHouse) -> None:
    """A browser may keep a page in memory and bring it back as it stood."""
    page.goto(f"{stack.url}/")
    begin(page)
    page.goto("data:text/html,after")
    page.go_back()
    expect(page.get_by_label("Your message")).to_be_visible()
    expect(page.get_by_text(FIRST)).to_have_count(0)
    page.go_forward()
    page.go_back()
    expect(page.get_by_text(FIRST)).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/hide", "/nowhere"])
@pytest.mark.parametrize("script", [True, False])
def test_never_covered(
    open_page: Open, stack: RunningHouse, size: str, path: str, script: bool
) -> None:
    page = open_page(size, script=script)
    page.goto(f"{stack.url}{path}")
    if path == "/":
        begin(page)
        say(page, "x" * 900)
        expect(page.get_by_role("log")).to_contain_text("xxx")
    page.mouse.wheel(0, 5000)
    _is_on_top(page)


@pytest.mark.parametrize("path", ["/", "/hide", "/nowhere"])
@pytest.mark.parametrize("script", [True, False])
def test_first_in_tab_order(open_page: Open, stack: RunningHouse, path: str, script: bool) -> None:
    page = open_page(script=script)
    page.goto(f"{stack.url}{path}")
    if path == "/" and not script:
        begin(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leave now")).to_be_focused()


def _is_on_top(page: Page) -> None:
    button = page.get_by_role("button", name="Leave now")
    expect(button).to_be_in_viewport(ratio=1)
    box = button.bounding_box()
    assert box and box["height"] >= 44
    for x, y in ((4, 4), (box["width"] - 4, box["height"] - 4), (box["width"] / 2, 22)):
        button.click(position={"x": x, "y": y}, trial=True)


def test_without_script_too(plain_chat: Page, stack: RunningHouse, elsewhere: Elsewhere) -> None:
    begin(plain_chat)
    token = find_token(plain_chat.content())
    press_button(plain_chat)
    expect(plain_chat.get_by_text(WORDS)).to_be_visible()
    assert elsewhere.referrers[-1] is None
    wait_for(lambda: not Records(stack.settings).of("conversation", "web", token), "the end of it")


def test_without_script_back_shows_nothing(plain_chat: Page, stack: RunningHouse) -> None:
    """The browser asks whether to send the form again; even then, an empty page comes."""
    begin(plain_chat)
    plain_chat.get_by_role("button", name="Yes, it is safe").click()
    expect(plain_chat.get_by_text("OK to go on?")).to_be_visible()
    press_button(plain_chat)
    expect(plain_chat.get_by_text(WORDS)).to_be_visible()
    tools = plain_chat.context.new_cdp_session(plain_chat)
    entries = tools.send("Page.getNavigationHistory")["entries"]
    for entry in reversed(entries[1:-1]):
        tools.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
        plain_chat.wait_for_timeout(300)
        assert "OK to go on?" not in plain_chat.content()
        assert FIRST not in plain_chat.content()
        tools.send("Page.reload")
        plain_chat.wait_for_timeout(300)
        assert FIRST not in plain_chat.content()
    expect(plain_chat.get_by_label("Your message")).to_be_visible()


def test_new_tab_shows_nothing(chat: Page, stack: RunningHouse) -> None:
    begin(chat)
    other = chat.context.new_page()
    other.goto(f"{stack.url}/")
    expect(other.get_by_label("Your message")).to_be_visible()
    expect(other.get_by_text(FIRST)).to_have_count(0)
