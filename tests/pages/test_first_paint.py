"""What a first look at the page costs and leaves: little, and nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, expect

from gateway.chat import STATIC
from tests.house import RunningHouse
from tests.pages.conftest import Open

pytestmark = pytest.mark.stack

LARGEST = 50_000
#: Rules for one side of the page only, which a right-to-left language would get wrong.
ONE_SIDED = re.compile(r"(?<![\w-])(left|right|(margin|padding|border)-(left|right))\s*:|float:")


@pytest.mark.parametrize("path", ["/", "/hide"])
@pytest.mark.parametrize("script", [True, False])
def test_first_paint_is_small_and_asks_nobody_else(
    open_page: Open, stack: RunningHouse, path: str, script: bool
) -> None:
    page = open_page(script=script)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{stack.url}{path}", wait_until="networkidle")
    asked = [answer for answer in answers if not answer.url.startswith("data:")]
    assert all(answer.url.startswith(f"{stack.url}/") for answer in asked)
    assert sum(_size(answer) for answer in asked) < LARGEST
    assert page.context.cookies() == []


def _size(answer: Response) -> int:
    """Bytes as they travel: nothing is packed, so heads and bodies add up."""
    heads = sum(len(name) + len(value) + 4 for name, value in answer.all_headers().items())
    return heads + len(answer.body())


@pytest.mark.parametrize("path", ["/", "/hide", "/nowhere"])
def test_name_and_icon_say_nothing(open_page: Open, stack: RunningHouse, path: str) -> None:
    page = open_page()
    page.goto(f"{stack.url}{path}")
    assert page.title() == "Chat"
    assert page.locator("link[rel=icon]").get_attribute("href") == "data:,"


def test_page_says_plainly_what_leaving_does_not_do(chat: Page) -> None:
    expect(chat.get_by_text("It does not clear your browser’s history.")).to_be_visible()
    expect(chat.get_by_role("link", name="How do I hide this visit?")).to_be_visible()


def test_no_rule_knows_left_from_right() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not ONE_SIDED.search(sheet.read_text(encoding="utf-8")), sheet.name


def test_page_turns_around_for_a_language_from_right_to_left(chat: Page) -> None:
    leave = chat.get_by_role("button", name="Leave now")
    start = leave.bounding_box()
    chat.evaluate("document.documentElement.dir = 'rtl'")
    turned = leave.bounding_box()
    window = chat.evaluate("document.documentElement.clientWidth")
    assert start and turned and start["x"] < window / 2 < turned["x"] + turned["width"]
    assert turned["x"] > start["x"]
    assert not chat.evaluate("document.documentElement.scrollWidth > window.innerWidth")
