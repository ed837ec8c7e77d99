"""Signing in: an invitation, a password, a second factor, and the ways it must not go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.staff import open_totp
from bot.store.tables import InvitationRow, SignInTryRow, StaffRow, StaffSessionRow
from bot.vault.errors import Unreadable
from bot.vault.keyring import open_keyring, save_keyring
from console.members import COOKIE
from console.sign_in.joining import LONGEST_NAME, parse_name
from console.sign_in.passwords import find_fault, hash_password, verify_password
from console.sign_in.totp import find_step
from tests.console.conftest import Office
from tests.console.door import (
    EMAIL,
    PASSWORD,
    enter,
    find_hidden,
    forget_codes,
    invite,
    join,
    show_code,
)

#: A step of a code.
HALF_MINUTE = timedelta(seconds=30)


def test_an_invitation_makes_an_account_once(office: Office) -> None:
    browser, _ = join(office)
    assert browser.get("/rest").status_code == 200
    assert office.do(lambda s: s.scalar(select(InvitationRow))) is None
    staff = office.do(lambda s: s.scalar(select(StaffRow)))
    assert (staff.email, staff.name, staff.role) == (EMAIL, "Ana", "navigator")
    assert PASSWORD not in staff.password_hash


def test_a_link_that_is_used_or_old_or_made_up_opens_nothing(office: Office) -> None:
    link = invite(office)
    later = datetime.now(UTC) - timedelta(seconds=1)
    office.do(lambda s: s.execute(update(InvitationRow).values(expires_at=later)))
    assert office.visitor().get(link).status_code == 404
    assert office.visitor().get("/join/made-up").status_code == 404


def test_the_password_alone_opens_nothing(office: Office) -> None:
    join(office)
    browser = office.visitor()
    answer = enter(browser)
    assert answer.headers["Location"] == "/second"
    page = browser.get("/rest", follow_redirects=False)
    assert (page.status_code, page.headers["Location"]) == (303, "/second")


def test_password_and_code_open_and_the_session_is_a_new_one(office: Office) -> None:
    _, secret = join(office)
    forget_codes(office)
    browser = office.visitor()
    enter(browser)
    before = browser.cookies[COOKIE]
    form = {"code": pyotp.TOTP(secret).now(), "csrf": find_hidden(browser.get("/second").text)}
    assert browser.post("/second", data=form, follow_redirects=False).headers["Location"] == "/"
    assert browser.cookies[COOKIE] != before
    old = office.visitor()
    old.cookies.set(COOKIE, before)
    assert old.get("/rest", follow_redirects=False).headers["Location"] == "/sign-in"


def test_no_code_works_twice(office: Office) -> None:
    _, secret = join(office)
    browser = office.visitor()
    enter(browser)
    used = office.do(lambda s: s.scalar(select(StaffRow.totp_step)))
    assert show_code(browser, pyotp.TOTP(secret).at(used * 30)).status_code == 401


def test_after_a_code_no_earlier_one_is_taken() -> None:
    secret, now = pyotp.random_base32(), datetime.now(UTC)
    code = pyotp.TOTP(secret).at(now)
    used = find_step(secret, code, 0, now)
    assert used is not None
    assert find_step(secret, code, used, now) is None
    assert find_step(secret, pyotp.TOTP(secret).at(now - HALF_MINUTE), used, now) is None
    assert find_step(secret, pyotp.TOTP(secret).at(now + HALF_MINUTE), used, now) == used + 1


def test_a_session_that_somebody_planted_does_not_become_signed_in(office: Office) -> None:
    join(office)
    browser = office.visitor()
    browser.cookies.set(COOKIE, "planted")
    enter(browser)
    assert [one for one in browser.cookies.jar if one.name == COOKIE][-1].value != "planted"


@pytest.mark.parametrize("email", [EMAIL, "nobody@shelter.example"])
def test_after_five_failures_the_door_stays_shut_for_known_and_unknown_alike(
    office: Office, email: str
) -> None:
    join(office)
    browser = office.visitor()
    answers = [enter(browser, "wrong wrong wrong", email) for _ in range(5)]
    assert all("not right" in answer.text for answer in answers)
    shut = enter(office.visitor(), PASSWORD, email)
    assert shut.status_code == 401
    assert "Wait 15 minutes" in shut.text
    past = datetime.now(UTC) - timedelta(minutes=16)
    office.do(lambda s: s.execute(update(SignInTryRow).values(failed_at=past)))
    assert enter(office.visitor()).status_code == 303


def test_codes_cannot_be_tried_out_either(office: Office) -> None:
    join(office)
    browser = office.visitor()
    enter(browser)
    csrf = find_hidden(browser.get("/second").text)
    for _ in range(5):
        assert browser.post("/second", data={"code": "000000", "csrf": csrf}).status_code == 401
    assert "Wait 15 minutes" in browser.post("/second", data={"code": "000000", "csrf": csrf}).text


def test_a_session_ends_after_idleness_and_in_any_case(office: Office) -> None:
    browser = office.sign_in("navigator")
    assert browser.get("/rest").status_code == 200
    for column, back in (("seen_at", timedelta(minutes=31)), ("started_at", timedelta(hours=13))):
        browser = office.sign_in("navigator")
        past = datetime.now(UTC) - back
        office.do(lambda s, c=column, p=past: s.execute(update(StaffSessionRow).values({c: p})))
        answer = browser.get("/rest", follow_redirects=False)
        assert answer.headers["Location"] == "/sign-in"


def test_after_a_long_time_the_password_is_asked_for_again(office: Office) -> None:
    browser = office.sign_in("navigator")
    past = datetime.now(UTC) - timedelta(hours=9)
    office.do(lambda s: s.execute(update(StaffSessionRow).values(proven_at=past)))
    answer = browser.get("/rest", follow_redirects=False)
    assert answer.headers["Location"] == "/again?to=/rest"


def test_signing_out_ends_it_on_the_server(office: Office) -> None:
    browser = office.sign_in("navigator")
    token = browser.cookies[COOKIE]
    browser.submit("/sign-out")
    browser.cookies.set(COOKIE, token)
    assert browser.get("/rest", follow_redirects=False).headers["Location"] == "/sign-in"


def test_a_disabled_account_is_shut_at_once(office: Office) -> None:
    browser = office.sign_in("navigator")

    async def disable(session: AsyncSession) -> None:
        await session.execute(update(StaffRow).values(disabled_at=datetime.now(UTC)))

    office.do(disable)
    assert browser.get("/rest", follow_redirects=False).headers["Location"] == "/sign-in"


def test_what_is_stored_of_links_and_sessions_opens_nothing(office: Office) -> None:
    link = invite(office)
    browser = office.sign_in("navigator")

    async def stored(session: AsyncSession) -> bytes:
        kept = [await session.scalar(select(InvitationRow.token_hash))]
        kept += (await session.scalars(select(StaffSessionRow.token_hash))).all()
        return b" ".join(kept)

    found = office.do(stored)
    assert link.removeprefix("/join/").encode() not in found
    assert browser.cookies[COOKIE].encode() not in found


@pytest.mark.parametrize(
    "password", ["short", "ana12345678901", "passwordpassword", "aaaaaaaaaaaaaaaa", "x" * 300]
)
def test_passwords_that_others_would_guess_are_refused(password: str) -> None:
    assert find_fault(password, "ana1@shelter.example", "Ana Lopez")


def test_a_code_is_taken_a_step_early_or_late_and_no_more() -> None:
    secret, now = pyotp.random_base32(), datetime.now(UTC)
    code = pyotp.TOTP(secret).at(now)
    assert find_step(secret, code, 0, now + timedelta(seconds=30))
    assert not find_step(secret, code, 0, now + timedelta(seconds=90))
    assert not find_step(secret, "", 0, now)


@pytest.mark.parametrize(
    "password",
    ["Passw0rd!2026", "iloveyou12345", "abcabcabcabc", "123456789012", "zaq12wsxcde3", "a" * 12],
)
def test_a_common_word_with_something_around_it_is_still_common(password: str) -> None:
    assert find_fault(password, "x@y.example", "Zed")


@pytest.mark.parametrize(
    "password", ["kettle orbit violin moss", "mi abuela baila con gatos", "xK9#mQ2$vL7!"]
)
def test_long_ones_are_taken_however_they_are_made(password: str) -> None:
    assert find_fault(password, "x@y.example", "Zed") is None


def test_an_accent_is_the_same_on_every_keyboard() -> None:
    one, two = "contrase\u00f1a y \u00e1rbol", "contrasen\u0303a y a\u0301rbol"
    assert verify_password(hash_password(one), two)
    assert not verify_password(hash_password(one), "contrasena y arbol")


def test_a_name_is_one_line_of_what_can_be_seen() -> None:
    assert parse_name(" Ana\n\0 \u202eLopez\u200b\t") == "Ana Lopez"
    assert parse_name("\0\u200b") == ""
    assert len(parse_name("x" * 500)) == LONGEST_NAME


def test_a_password_that_was_hashed_by_older_rules_is_hashed_anew(office: Office) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    join(office)
    office.do(lambda s: s.execute(update(StaffRow).values(password_hash=old)))
    assert enter(office.visitor(), "wrong wrong wrong").status_code == 401
    assert office.do(lambda s: s.scalar(select(StaffRow.password_hash))) == old
    assert enter(office.visitor()).status_code == 303
    assert office.do(lambda s: s.scalar(select(StaffRow.password_hash))) != old
    assert enter(office.visitor()).status_code == 303


def test_the_apps_secret_is_sealed_and_outlives_a_rotation_of_keys(office: Office) -> None:
    _, secret = join(office)
    forget_codes(office)
    kept = office.do(lambda s: s.scalar(select(StaffRow.totp_secret)))
    assert kept and secret.encode() not in kept
    save_keyring(office.settings.home, open_keyring(office.settings.home).rotated().retired())
    browser = office.visitor()
    enter(browser)
    assert show_code(browser, pyotp.TOTP(secret).now()).headers["Location"] == "/"


def test_a_secret_opens_in_its_own_account_alone(office: Office) -> None:
    join(office)
    join(office, "omar@shelter.example")
    rows = office.do(lambda s: s.scalars(select(StaffRow))).all()
    rows[0].totp_secret = rows[1].totp_secret
    with pytest.raises(Unreadable):
        open_totp(office.vault, rows[0])
