"""The web chat in a browser that runs no script at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.house import RunningHouse
from tests.pages.steps import FIRST, agree_to_be_remembered, begin, say
from tests.records import Records
from tests.visitor import find_token

pytestmark = pytest.mark.stack


def test_talks_in_plain_forms(plain_chat: Page) -> None:
    begin(plain_chat)
    expect(plain_chat.locator("li.mine")).to_have_text("hi")
    plain_chat.get_by_role("button", name="Yes, it is safe").click()
    expect(plain_chat.get_by_text("OK to go on?")).to_be_visible()
    expect(plain_chat.get_by_role("button", name="Yes, it is safe")).to_have_count(0)
    expect(plain_chat.get_by_role("button", name="OK, go on")).to_be_in_viewport(ratio=1)


def test_addresses_never_change(plain_chat: Page, stack: RunningHouse) -> None:
    begin(plain_chat)
    plain_chat.get_by_role("button", name="Look for new replies").click()
    expect(plain_chat.get_by_text(FIRST)).to_be_visible()
    assert plain_chat.url == f"{stack.url}/"
    assert plain_chat.context.cookies() == []


def test_form_sent_twice_counts_once(plain_chat: Page, stack: RunningHouse) -> None:
    begin(plain_chat)
    token = find_token(plain_chat.content())
    plain_chat.reload()
    expect(plain_chat.get_by_text(FIRST)).to_have_count(1)
    assert len(Records(stack.settings).of("inbox", "web", token)) == 1


def test_looking_again_sends_nothing(plain_chat: Page, stack: RunningHouse) -> None:
    begin(plain_chat)
    token = find_token(plain_chat.content())
    plain_chat.get_by_label("Your message").fill("not yet")
    plain_chat.get_by_role("button", name="Look for new replies").click()
    expect(plain_chat.get_by_text("No reply yet")).to_be_visible()
    assert len(Records(stack.settings).of("inbox", "web", token)) == 1


def test_own_words_are_shown_once_and_not_kept(plain_chat: Page) -> None:
    begin(plain_chat)
    say(plain_chat, "yes")
    expect(plain_chat.locator("li.mine")).to_have_text("yes")


def test_changing_the_language_loses_nothing(plain_chat: Page) -> None:
    begin(plain_chat)
    plain_chat.get_by_role("button", name="Español").click()
    expect(plain_chat.get_by_label("Tu mensaje")).to_be_visible()
    expect(plain_chat.get_by_text(FIRST)).to_be_visible()


def test_typed_exit_word_leaves_too(plain_chat: Page, stack: RunningHouse) -> None:
    begin(plain_chat)
    say(plain_chat, "salir")
    expect(plain_chat.get_by_text("somewhere else")).to_be_visible()
    assert stack.url not in plain_chat.url


def test_goes_on_for_who_agreed_to_be_remembered(plain_chat: Page, stack: RunningHouse) -> None:
    agree_to_be_remembered(plain_chat)
    (cookie,) = plain_chat.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    plain_chat.goto(f"{stack.url}/")
    expect(plain_chat.get_by_text(FIRST)).to_be_visible()
    plain_chat.get_by_role("button", name="Leave now").click()
    expect(plain_chat.get_by_text("somewhere else")).to_be_visible()
    assert plain_chat.context.cookies() == []
    plain_chat.goto(f"{stack.url}/")
    expect(plain_chat.get_by_text(FIRST)).to_have_count(0)
