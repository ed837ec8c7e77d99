"""The whole handoff in two browsers: a person on a phone, and a navigator at a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.store.staff import Place
from tests.house import RunningHouse
from tests.pages.conftest import Open
from tests.pages.steps import agree_to_be_remembered, enter, say
from tests.records import Records

pytestmark = pytest.mark.stack

SECRET = "i want to know my rights at work"


@pytest.fixture
def survivor(open_page: Open, stack: RunningHouse) -> Page:
    """The web chat on a phone."""
    page = open_page("phone")
    page.goto(f"{stack.url}/")
    return page


@pytest.fixture
def navigator(open_page: Open, stack: RunningHouse) -> Iterator[Page]:
    """Somebody who has just joined and come to the desk, where nobody waits."""
    clear_desk(stack)
    yield join(open_page("desk"), stack, "Nora")
    clear_desk(stack)


def clear_desk(stack: RunningHouse) -> None:
    """Nobody is at the desk, and nobody is waited for there."""
    Records(stack.settings).change("UPDATE staff SET at_desk_since = NULL")
    Records(stack.settings).change("DELETE FROM handoff")


def join(page: Page, stack: RunningHouse, name: str) -> Page:
    """From the invitation to the desk."""
    enter(page, stack, name, Place("navigator", languages=("en", "es")))
    page.get_by_role("button", name="I am at the desk").click()
    expect(page.get_by_text("You are at the desk")).to_be_visible()
    return page


def ask_for_a_person(survivor: Page) -> None:
    """With a note of which one line is struck."""
    agree_to_be_remembered(survivor)
    say(survivor, "food")
    expect(survivor.get_by_text("ZIP").last).to_be_visible()
    say(survivor, "human")
    survivor.get_by_role("button", name="Talk with someone").click()
    expect(survivor.get_by_text("What should they know first?")).to_be_visible()
    say(survivor, SECRET)
    expect(survivor.get_by_text(f"A. You: {SECRET}")).to_be_visible()
    say(survivor, "b")
    expect(survivor.get_by_text("B. Looks for").nth(1)).to_be_hidden()
    survivor.get_by_role("button", name="Pass this on").last.click()
    expect(survivor.get_by_text("I tell you when a person is here")).to_be_visible()


def take(navigator: Page) -> None:
    """The next person, opened."""
    navigator.get_by_role("button", name="Take the next person").click()
    expect(navigator.get_by_role("heading", name="What they passed on")).to_be_visible()


def write(navigator: Page, words: str) -> None:
    """Write to the person and send."""
    navigator.get_by_label("Write to them").fill(words)
    navigator.get_by_role("button", name="Send", exact=True).click()


def talk(survivor: Page, navigator: Page) -> None:
    """Both are there and have said something."""
    ask_for_a_person(survivor)
    take(navigator)
    expect(survivor.get_by_text("A person from the team is here now")).to_be_visible()
    write(navigator, "Hi, I am Nora. What happened at work?")
    expect(survivor.get_by_text("Hi, I am Nora.")).to_be_visible()
    say(survivor, "they keep my papers")
    expect(navigator.get_by_text("they keep my papers")).to_be_visible()


def test_from_the_first_word_to_the_return(survivor: Page, navigator: Page) -> None:
    talk(survivor, navigator)
    told = navigator.get_by_role("region", name="What was passed on and said")
    expect(told.get_by_text(f"You: {SECRET}")).to_be_visible()
    expect(told.get_by_text("Looks for")).to_have_count(0)
    navigator.get_by_role("button", name="Return to the automated service").click()
    expect(survivor.get_by_text("The person from the team has left this chat")).to_be_visible()
    say(survivor, "menu")
    expect(survivor.get_by_text("What do you need").last).to_be_visible()


def test_exit_empties_the_navigators_screen(survivor: Page, navigator: Page) -> None:
    talk(survivor, navigator)
    survivor.get_by_role("button", name="Leave now").click()
    expect(navigator.get_by_text("This conversation has ended.").first).to_be_visible()
    for gone in (SECRET, "they keep my papers", "I am Nora"):
        assert gone not in navigator.content()
    navigator.go_back()
    assert SECRET not in navigator.content()


def test_who_waits_sees_that_somebody_writes_and_nothing_of_what(
    survivor: Page, navigator: Page
) -> None:
    talk(survivor, navigator)
    sign = survivor.get_by_role("status").filter(has_text="Someone is writing…")
    box = navigator.get_by_label("Write to them")
    box.press_sequentially("They may not keep", delay=150)
    expect(sign).to_be_in_viewport(ratio=0.95)  # a screen rounds to its own pixels
    assert "They may not" not in survivor.content()
    expect(sign).to_have_count(0, timeout=15_000)
    box.press_sequentially(" your papers.", delay=150)
    expect(sign).to_be_visible()
    navigator.get_by_role("button", name="Send", exact=True).click()
    expect(survivor.get_by_text("They may not keep your papers.")).to_be_visible()
    expect(sign).to_have_count(0, timeout=1_000)


def test_a_dropped_line_loses_nothing_that_was_typed(survivor: Page, navigator: Page) -> None:
    talk(survivor, navigator)
    navigator.context.set_offline(True)
    navigator.get_by_label("Write to them").fill("They may not keep your papers.")
    navigator.context.set_offline(False)
    expect(navigator.locator("#saved")).to_contain_text("aved", timeout=20_000)
    navigator.reload()
    expect(navigator.get_by_label("Write to them")).to_have_value("They may not keep your papers.")
    navigator.get_by_role("button", name="Send", exact=True).click()
    expect(survivor.get_by_text("They may not keep your papers.")).to_be_visible()


def test_two_who_claim_one_person(
    survivor: Page, navigator: Page, open_page: Open, stack: RunningHouse
) -> None:
    other = join(open_page("desk"), stack, "Vera")
    ask_for_a_person(survivor)
    for page in (navigator, other):
        expect(page.get_by_role("button", name=re.compile("^Take ?:"))).to_be_visible()
    # Both have the button before them; the page of the second does not hear of the first.
    other.evaluate("source.close()")
    navigator.get_by_role("button", name=re.compile("^Take ?:")).click()
    expect(navigator.get_by_role("heading", name="What they passed on")).to_be_visible()
    other.get_by_role("button", name=re.compile("^Take ?:")).click()
    expect(other.get_by_text("Somebody else took this conversation")).to_be_visible()


def test_taken_back_consent_empties_the_note_and_the_talk_goes_on(
    survivor: Page, navigator: Page
) -> None:
    talk(survivor, navigator)
    say(survivor, "take back")
    expect(survivor.get_by_text("I took it all back")).to_be_visible()
    expect(navigator.get_by_text("did not pass a note on")).to_be_visible()
    assert SECRET not in navigator.content()
    assert "they keep my papers" not in navigator.content()
    write(navigator, "That is fine. I am still here.")
    expect(survivor.get_by_text("That is fine. I am still here.")).to_be_visible()


def test_they_talk_on_while_the_engine_is_down(
    survivor: Page, navigator: Page, stack: RunningHouse
) -> None:
    talk(survivor, navigator)
    stack.kill("engine")
    try:
        say(survivor, "are you there")
        expect(navigator.get_by_text("are you there")).to_be_visible()
        write(navigator, "Yes, I am here.")
        expect(survivor.get_by_text("Yes, I am here.")).to_be_visible()
    finally:
        stack.start("engine")
        stack.wait_until_healthy()
