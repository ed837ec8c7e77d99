"""Forms of other people's pages change nothing here."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.store.tables import StaffRow, StaffSessionRow
from tests.console.conftest import Browser, Office
from tests.console.door import EMAIL, PASSWORD, enter, find_hidden, invite, is_out, join, take_up

#: What browsers say of a form on somebody else's page, and of one in a sandboxed frame there.
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "https://localhost:8001.elsewhere.example"},
    {"Origin": "http://localhost:8002"},
]
#: What they say of ours. With our referrer policy a form's origin is "null" even at home.
OWN = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8001"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "null"},
    {},
]
PASSKEYS = ("/passkeys", "/passkeys/options", "/passkeys/new", "/passkeys/new/options")


def _sign_out(browser: Browser, csrf: str, **headers: str) -> int:
    answer = browser.post("/sign-out", data={"csrf": csrf}, headers=headers, follow_redirects=False)
    return int(answer.status_code)


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_is_refused_even_with_the_right_token(
    office: Office, headers: dict[str, str]
) -> None:
    browser = office.sign_in("navigator")
    assert _sign_out(browser, browser.csrf, **headers) == 403
    assert not is_out(browser)


@pytest.mark.parametrize("headers", OWN)
def test_a_form_of_ours_is_taken(office: Office, headers: dict[str, str]) -> None:
    browser = office.sign_in("navigator")
    assert _sign_out(browser, browser.csrf, **headers) == 303
    assert is_out(browser)


@pytest.mark.parametrize("csrf", ["", "x", "ñ", "0" * 64])
def test_a_form_without_this_sessions_token_is_refused(office: Office, csrf: str) -> None:
    browser = office.sign_in("navigator")
    assert _sign_out(browser, csrf) == 403
    assert _sign_out(browser, office.sign_in("navigator").csrf) == 403
    assert not is_out(browser)


def test_whoever_has_no_session_yet_has_a_form_of_their_own_browser(office: Office) -> None:
    join(office)
    victim, attacker = office.visitor(), office.visitor()
    victim.get("/sign-in")
    theirs = find_hidden(attacker.get("/sign-in").text)
    form = {"email": EMAIL, "password": PASSWORD, "csrf": theirs}
    assert victim.post("/sign-in", data=form).status_code == 403
    assert office.visitor().post("/sign-in", data=form).status_code == 403
    assert office.do(lambda s: s.scalar(select(func.count()).select_from(StaffSessionRow))) == 1


@pytest.mark.parametrize("headers", FOREIGN)
def test_nobody_is_signed_in_from_elsewhere(office: Office, headers: dict[str, str]) -> None:
    join(office)
    assert enter(office.visitor(), **headers).status_code == 403


def test_an_invitation_is_not_taken_up_from_elsewhere(office: Office) -> None:
    link, browser = invite(office), office.visitor()
    form = {"name": "Eve", "password": PASSWORD, "csrf": find_hidden(browser.get(link).text)}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post(link, data=form, headers=headers).status_code == 403
    assert browser.post(link, data=form | {"csrf": ""}).status_code == 403
    assert office.do(lambda s: s.scalar(select(StaffRow))) is None
    assert take_up(browser, link).status_code == 303


@pytest.mark.parametrize("path", PASSKEYS)
def test_passkeys_are_asked_for_by_our_own_pages_alone(office: Office, path: str) -> None:
    for browser in (office.visitor(), office.sign_in("navigator")):
        browser.get("/sign-in")
        assert browser.post(path, json={}, follow_redirects=False).status_code in {303, 403}
        foreign = {"X-CSRF": getattr(browser, "csrf", ""), "Sec-Fetch-Site": "cross-site"}
        answer = browser.post(path, json={}, headers=foreign, follow_redirects=False)
        assert answer.status_code in {303, 403}


def test_an_address_in_a_link_changes_nothing(office: Office) -> None:
    browser = office.sign_in("navigator")
    assert browser.get("/sign-out").status_code in {404, 405}
    assert not is_out(browser)
