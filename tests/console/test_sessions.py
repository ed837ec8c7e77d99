"""Sessions: whose they are, how long, and that nobody slips into another's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.staff import disable_staff
from bot.store.tables import StaffRow, StaffSessionRow
from console.members import COOKIE, make_csrf
from tests.console.conftest import Browser, Office
from tests.console.door import (
    EMAIL,
    PASSWORD,
    begin_app,
    enter,
    find_hidden,
    forget_codes,
    invite,
    is_out,
    join,
    show_code,
    take_up,
)

HOUR = timedelta(hours=1)


def _age(office: Office, **ages: timedelta) -> None:
    """As if every session were that much older."""
    past = {column: datetime.now(UTC) - age for column, age in ages.items()}
    office.do(lambda s: s.execute(update(StaffSessionRow).values(past)))


def _again(browser: Browser, password: str = PASSWORD, to: str = "/rest") -> str:
    form = {"password": password, "to": to, "csrf": make_csrf(browser.cookies[COOKIE])}
    answer = browser.post("/again", data=form, follow_redirects=False)
    return str(answer.headers.get("Location", answer.status_code))


def _as_before(office: Office, token: str) -> Browser:
    """A browser with a token from before."""
    browser = office.visitor()
    browser.cookies.set(COOKIE, token)
    return browser


def test_each_rise_of_rights_is_a_new_session_and_the_one_before_is_over(office: Office) -> None:
    secret = join(office)[1]
    forget_codes(office)
    browser, tokens = office.visitor(), []
    enter(browser)
    tokens.append(browser.cookies[COOKIE])
    show_code(browser, pyotp.TOTP(secret).now())
    tokens.append(browser.cookies[COOKIE])
    assert _again(browser) == "/rest"
    tokens.append(browser.cookies[COOKIE])
    assert len(set(tokens)) == 3
    assert [is_out(_as_before(office, token)) for token in tokens] == [True, True, False]


def test_a_planted_token_is_never_anybodys_session(office: Office) -> None:
    secret = join(office)[1]
    forget_codes(office)
    for planted in ("planted", "", "x" * 5000, office.sign_in("partner").cookies[COOKIE]):
        browser = _as_before(office, planted)
        enter(browser)
        show_code(browser, pyotp.TOTP(secret).now())
        forget_codes(office)
        thief = _as_before(office, planted)
        assert is_out(thief)


def test_the_password_again_does_not_make_the_day_longer(office: Office) -> None:
    browser, _ = join(office)
    _age(office, started_at=11 * HOUR, proven_at=9 * HOUR)
    assert browser.get("/rest", follow_redirects=False).headers["Location"] == "/again?to=/rest"
    assert _again(browser, "wrong wrong wrong") == "401"
    assert _again(browser) == "/rest"
    assert browser.get("/rest").status_code == 200
    started = office.do(lambda s: s.scalar(select(StaffSessionRow.started_at)))
    assert started < datetime.now(UTC) - 10 * HOUR


def test_forms_in_other_tabs_are_taken_after_the_password_again(office: Office) -> None:
    browser, secret = join(office)
    other_tab = find_hidden(browser.get("/").text)
    before = browser.cookies[COOKIE]
    for _ in range(2):
        assert _again(browser) == "/rest"
    assert find_hidden(browser.get("/").text) == other_tab
    assert is_out(_as_before(office, before))

    forget_codes(office)
    elsewhere = office.visitor()
    enter(elsewhere)
    one_factor = find_hidden(elsewhere.get("/second").text)
    show_code(elsewhere, pyotp.TOTP(secret).now())
    for csrf in (one_factor, other_tab):
        assert elsewhere.post("/sign-out", data={"csrf": csrf}).status_code == 403
    answer = browser.post("/sign-out", data={"csrf": other_tab}, follow_redirects=False)
    assert answer.status_code == 303 and is_out(browser)


def test_the_password_again_is_no_second_factor(office: Office) -> None:
    join(office)
    browser = office.visitor()
    enter(browser)
    assert _again(browser) == "/second"
    assert browser.get("/rest", follow_redirects=False).headers["Location"] == "/second"


ELSEWHERE = [
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "javascript:1",
    "elsewhere",
]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_after_the_password_nobody_is_sent_elsewhere(office: Office, to: str) -> None:
    browser, _ = join(office)
    location = _again(browser, to=to)
    assert location.startswith("/")
    assert location[1:2] not in {"/", "\\", "\t", "\n"}


def test_an_account_that_begins_anew_has_no_old_browsers(office: Office) -> None:
    """Whoever had the old password, the old app or an open browser is out."""
    thief, old_secret = join(office)
    owner = office.visitor()
    take_up(owner, invite(office), "another four words entirely")
    assert is_out(thief)
    assert begin_app(owner) != old_secret
    assert enter(office.visitor()).status_code == 401


def test_a_closed_account_is_not_opened_by_a_link_from_before(office: Office) -> None:
    join(office)
    link = invite(office)

    async def close(session: AsyncSession) -> None:
        staff = await session.scalar(select(StaffRow).where(StaffRow.email == EMAIL))
        await disable_staff(session, staff, datetime.now(UTC))

    office.do(close)
    assert office.visitor().get(link).status_code == 404
    assert enter(office.visitor()).status_code == 401


def test_cookies_are_for_this_address_alone_and_no_script(office: Office) -> None:
    browser = office.visitor()
    for answer in (take_up(browser, invite(office)), browser.get("/sign-in")):
        for cookie in answer.headers.get_list("set-cookie"):
            flags = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert {"httponly", "samesite=strict", "path=/"} <= flags
            assert not any(flag.startswith(("domain", "max-age", "expires")) for flag in flags)
            assert "secure" not in flags


def test_over_https_cookies_never_travel_in_clear(tmp_path: Path, plain_database_url: str) -> None:
    office = Office(tmp_path, plain_database_url, WAYMARK_CONSOLE_URL="https://desk.example")
    cookies = office.visitor().get("/sign-in").headers.get_list("set-cookie")
    assert cookies and all("secure" in cookie.lower() for cookie in cookies)


@pytest.mark.parametrize(
    "path", ["/sign-in", "/rest", "/nowhere", "/static/console.css", "/join/x"]
)
def test_every_answer_is_shielded(office: Office, path: str) -> None:
    for browser in (office.visitor(), office.sign_in("navigator")):
        headers = browser.get(path, follow_redirects=False).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in headers["Cache-Control"]


def test_a_page_shows_no_error_of_the_machine(office: Office) -> None:
    browser = office.visitor()
    csrf = find_hidden(browser.get("/sign-in").text)
    answer = browser.post("/sign-in", data={"csrf": csrf, "email": "canary@shelter.example"})
    assert answer.status_code == 422
    assert "Something in this form is missing" in answer.text
    assert "canary" not in answer.text and "detail" not in answer.text


def test_a_huge_form_is_refused_before_it_is_read(office: Office) -> None:
    browser = office.visitor()
    answer = browser.post("/sign-in", data={"email": "x" * 2_000_000, "password": "x"})
    assert answer.status_code == 413


def test_a_huge_form_without_a_length_is_refused_too(office: Office) -> None:
    def parts() -> Iterator[bytes]:
        yield b"email="
        for _ in range(2000):
            yield b"x" * 1000

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = office.visitor().post("/sign-in", content=parts(), headers=kind)
    assert answer.status_code == 413
