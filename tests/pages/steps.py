"""What people do on the pages: a visitor of the chat, and the staff at the door."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor

import pyotp
from playwright.sync_api import Page, expect

from bot.commands.staff import invite
from bot.store.staff import Place
from tests.house import RunningHouse

FIRST = "an automated service. Is it safe"
PASSWORD = "kettle orbit violin moss"


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


def enter(page: Page, stack: RunningHouse, name: str, place: Place) -> Page:
    """From the invitation to the first page, with an authenticator app."""
    email = f"{uuid.uuid4()}@staff.example"
    # The browser's own library runs a loop in this thread.
    with ThreadPoolExecutor(1) as other:
        link = other.submit(asyncio.run, invite(stack.settings, email, place)).result()
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Six digits").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page
