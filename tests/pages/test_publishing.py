"""From a better sentence to what people are asked, and back, while somebody writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.flows.published import read_published, save_published
from bot.settings import ROOT
from bot.store.staff import Place
from tests.house import RunningHouse, wait_for
from tests.pages.conftest import Open
from tests.pages.steps import agree_to_be_remembered, enter, say

pytestmark = pytest.mark.stack

#: Seconds for a model to be trained, when all but the sentences is known, and to take over.
TRAINING = 300_000
BEFORE = "Take care. You can come back any time."
BETTER = "Take care of yourself. You can come back any time. EXIT ends this."
MEJOR = "Cuídate mucho. Puedes volver cuando quieras. SALIR termina todo."


@pytest.fixture
def admin(open_page: Open, stack: RunningHouse) -> Iterator[Page]:
    """Ada, who shapes the conversation. In the end the house speaks as it was installed."""
    models = stack.settings.home / "models"
    # What the trainer has learned already, so that a changed sentence is learned in a minute.
    shutil.copytree(ROOT / "var" / "models" / "cache", models / "cache")
    yield enter(open_page("desk"), stack, "Ada", Place("admin"))
    shutil.rmtree(models / "cache")
    save_published(stack.settings.home, "")


@pytest.mark.timeout(900)  # it trains a model
def test_a_sentence_goes_out_and_comes_back_while_somebody_writes(
    admin: Page, open_page: Open, stack: RunningHouse
) -> None:
    survivor = open_page("phone")
    survivor.goto(f"{stack.url}/")
    agree_to_be_remembered(survivor)

    change_goodbye(admin, "You are safe here, always.")
    admin.get_by_role("button", name="Ask others to agree").click()
    expect(admin.get_by_text("Nobody can promise")).to_be_visible()

    admin.get_by_role("link", name="goodbye", exact=True).click()
    change_goodbye(admin, BETTER, MEJOR)
    add_question(admin)
    admin.get_by_role("button", name="Ask others to agree").click()
    expect(admin.get_by_text("Waits for agreement")).to_be_visible()

    other = enter(open_page("desk"), stack, "Max", Place("supervisor"))
    other.goto(admin.url)
    other.get_by_role("button", name="Agree", exact=True).click()
    expect(other.get_by_text("Agreed to")).to_be_visible()
    other.get_by_role("button", name="Publish").click()
    expect(other.get_by_label("How far it is")).to_be_visible()
    say(survivor, "goodbye")
    expect(survivor.get_by_text(BEFORE).last).to_be_visible()  # it goes on as before until then
    expect(other.get_by_text("In use", exact=True)).to_be_visible(timeout=TRAINING)

    say(survivor, "bye")
    expect(survivor.get_by_text(BETTER).last).to_be_visible()

    other.goto(f"{stack.settings.console_url}/releases")
    other.get_by_role("button", name="Go back to the conversation as it was installed").click()
    wait_for(lambda: not read_published(stack.settings.home), "the way back")
    other.reload()
    expect(other.get_by_text("was in use")).to_be_visible()
    say(survivor, "goodbye")
    expect(survivor.get_by_text(BEFORE)).to_have_count(2)


def change_goodbye(page: Page, english: str, spanish: str = "") -> None:
    """Look for the sentence, and put a better one there."""
    if "/change" not in page.url:
        page.get_by_role("link", name="Conversation").click()
        page.get_by_label("Search everything").fill("come back any time")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="utter_goodbye").first.click()
        page.get_by_role("link", name="Change goodbye").click()
        page.get_by_label("What it is about").fill("A warmer goodbye")
        page.get_by_label("Why", exact=True).fill("People found it short.")
    page.get_by_label("What the bot says").first.fill(english)
    if spanish:
        page.get_by_label("What the bot says").nth(1).fill(spanish)
    page.get_by_role("button", name="Save into the release").click()


def add_question(page: Page) -> None:
    """One more question for the safety plan, without a line of code."""
    release = page.url
    page.get_by_role("link", name="Conversation").click()
    page.get_by_role("link", name="Safety plan").click()
    page.get_by_role("link", name="Add a question to this part").first.click()
    page.get_by_label("Short name").fill("now_light")
    page.get_by_label("Question, en").fill("Which light can you leave on?")
    page.get_by_label("Question, es").fill("¿Qué luz puedes dejar prendida?")
    page.get_by_role("button", name="Save into the release").click()
    expect(page).to_have_url(release)
    expect(page.get_by_text("2 changes")).to_have_count(0)
    expect(page.get_by_text("3 changes")).to_be_visible()
