"""Drops and slow lines: the talk goes on, and nothing is sent twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.house import RunningHouse
from tests.pages.conftest import Open
from tests.pages.steps import FIRST, begin, say
from tests.records import Records

pytestmark = pytest.mark.stack

SLOW = {"offline": False, "latency": 1500, "downloadThroughput": 6000, "uploadThroughput": 3000}


@pytest.fixture
def phone_chat(open_page: Open, stack: RunningHouse) -> Page:
    """The chat on a phone."""
    page = open_page("phone")
    page.goto(f"{stack.url}/")
    return page


def test_message_whose_answer_was_lost_is_sent_again_and_counts_once(
    phone_chat: Page, stack: RunningHouse
) -> None:
    tokens: list[str] = []

    def lose_the_answer(route: Route) -> None:
        tokens.append(route.request.headers["authorization"].removeprefix("Bearer "))
        if len(tokens) < 3:
            assert route.fetch().status == 202
            route.abort()
        else:
            route.continue_()

    phone_chat.route("**/chat/messages", lose_the_answer)
    say(phone_chat, "hi")
    expect(phone_chat.get_by_text("The line is slow.")).to_be_visible()
    expect(phone_chat.get_by_text(FIRST)).to_have_count(1)
    expect(phone_chat.get_by_text("The line is slow.")).to_have_count(0)
    assert len(tokens) == 3
    assert len(Records(stack.settings).of("inbox", "web", tokens[0])) == 1


def test_message_written_while_the_line_is_down_is_sent_when_it_is_back(phone_chat: Page) -> None:
    begin(phone_chat)
    phone_chat.context.set_offline(True)
    phone_chat.get_by_role("button", name="Yes, it is safe").click()
    expect(phone_chat.get_by_text("The line is slow.")).to_be_visible()
    phone_chat.context.set_offline(False)
    expect(phone_chat.get_by_text("OK to go on?")).to_have_count(1)
    expect(phone_chat.get_by_text(FIRST)).to_have_count(1)


def test_messages_keep_their_order_over_a_bad_line(phone_chat: Page, stack: RunningHouse) -> None:
    said: list[str] = []
    failed: list[str] = []

    def fail_once_each(route: Route) -> None:
        text = route.request.post_data_json["text"]
        if text in failed:
            said.append(text)
            route.continue_()
        else:
            failed.append(text)
            route.abort()

    phone_chat.route("**/chat/messages", fail_once_each)
    for text in ("hi", "yes", "what is this"):
        say(phone_chat, text)
    expect(phone_chat.locator("#status")).to_be_empty(timeout=20_000)
    expect(phone_chat.locator("li:not(.mine)").nth(2)).to_be_visible()
    expect(phone_chat.locator(".options")).to_have_count(1)
    assert said == ["hi", "yes", "what is this"]


def test_replies_go_on_behind_the_last_one_after_the_house_restarted(
    phone_chat: Page, stack: RunningHouse
) -> None:
    begin(phone_chat)
    stack.kill("gateway")
    phone_chat.get_by_role("button", name="Yes, it is safe").click()
    expect(phone_chat.get_by_text("The line is slow.")).to_be_visible()
    stack.start("gateway")
    expect(phone_chat.get_by_text("OK to go on?")).to_have_count(1, timeout=60_000)
    expect(phone_chat.get_by_text(FIRST)).to_have_count(1)
    stack.wait_until_healthy()


def test_talks_over_a_very_slow_line(open_page: Open, stack: RunningHouse) -> None:
    page = open_page("phone")
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"{stack.url}/", wait_until="commit")
    page.get_by_label("Your message").fill("hi", timeout=30_000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(FIRST)).to_be_visible(timeout=30_000)
    expect(page.get_by_text(FIRST)).to_have_count(1)


def test_refused_message_is_said_to_be(phone_chat: Page) -> None:
    phone_chat.route("**/chat/messages", lambda route: route.fulfill(status=400))
    say(phone_chat, "hi")
    expect(phone_chat.get_by_text("Your message did not get through.")).to_be_visible()
