"""The simulator's page in a browser: a phone that texts, with segments and cost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.house import RunningHouse


@pytest.mark.stack
def test_phone_texts_and_counts(page: Page, stack: RunningHouse) -> None:
    assert stack.settings.twilio
    page.goto(f"{stack.settings.twilio.api_base}/")
    page.get_by_placeholder("Text message").fill("hi")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Is it safe to write right now?").last).to_be_visible()
    expect(page.get_by_text("GSM-7").last).to_be_visible()
    expect(page.get_by_text("$0.").first).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
