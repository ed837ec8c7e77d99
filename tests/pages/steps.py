"""What a visitor does on the chat page, with or without script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

FIRST = "an automated service. Is it safe"


def say(page: Page, words: str) -> None:
    """Write and send."""
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send").click()


def begin(page: Page) -> None:
    """Say hi and hear the first question."""
    say(page, "hi")
    expect(page.get_by_text(FIRST)).to_be_visible()


def agree_to_be_remembered(page: Page) -> None:
    """Go on to the question about remembering, and say yes."""
    begin(page)
    page.get_by_role("button", name="Yes, it is safe").click()
    expect(page.get_by_text("OK to go on?")).to_be_visible()
    say(page, "yes")
    page.get_by_role("button", name="Keep them").click()
    expect(page.get_by_text("What do you need")).to_be_visible()
