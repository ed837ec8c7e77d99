"""The way through the door, step by step, as a browser goes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pyotp
from httpx import Response
from sqlalchemy import update

from bot.store.invitations import save_invitation
from bot.store.staff import Place
from bot.store.tables import StaffRow
from tests.console.conftest import Browser, Office

EMAIL, PASSWORD = "ana@shelter.example", "kettle orbit violin moss"


def find_hidden(page: str, name: str = "csrf") -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def invite(office: Office, role: str = "navigator", email: str = EMAIL) -> str:
    """The path of a new invitation."""
    token = office.do(lambda s: save_invitation(s, email, Place(role), datetime.now(UTC)))
    return f"/join/{token}"


def take_up(browser: Browser, link: str, password: str = PASSWORD) -> Response:
    """The answer to the form behind an invitation."""
    form = {"name": "Ana", "password": password, "csrf": find_hidden(browser.get(link).text)}
    return browser.post(link, data=form, follow_redirects=False)


def begin_app(browser: Browser) -> str:
    """The secret of an authenticator app that was shown to work."""
    page = browser.get("/second").text
    secret = re.search(r"<code>(\w+)</code>", page)
    assert secret
    form = {
        "code": pyotp.TOTP(secret[1]).now(),
        "sealed": find_hidden(page, "sealed"),
        "csrf": find_hidden(page),
    }
    assert browser.post("/second", data=form, follow_redirects=False).status_code == 303
    return secret[1]


def join(office: Office, email: str = EMAIL) -> tuple[Browser, str]:
    """A browser that has joined with an authenticator app, and the app's secret."""
    browser = office.visitor()
    assert take_up(browser, invite(office, email=email)).headers["Location"] == "/second"
    return browser, begin_app(browser)


def enter(
    browser: Browser, password: str = PASSWORD, email: str = EMAIL, **headers: str
) -> Response:
    """The answer to an address and a password."""
    form = {"email": email, "password": password}
    csrf = find_hidden(browser.get("/sign-in").text)
    return browser.post(
        "/sign-in", data={**form, "csrf": csrf}, headers=headers, follow_redirects=False
    )


def show_code(browser: Browser, code: str) -> Response:
    """The answer to six digits."""
    form = {"code": code, "csrf": find_hidden(browser.get("/second").text)}
    return browser.post("/second", data=form, follow_redirects=False)


def forget_codes(office: Office) -> None:
    """As if the last code had been used long ago."""
    office.do(lambda s: s.execute(update(StaffRow).values(totp_step=0)))


def is_out(browser: Browser) -> bool:
    """Whether this browser is sent back to the door."""
    answer = browser.get("/rest", follow_redirects=False)
    return answer.headers.get("Location") == "/sign-in"
