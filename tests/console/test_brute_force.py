"""Trying out passwords and codes gets nobody anywhere, however it is done."""

from __future__ import annotations

import time
from statistics import median

import pyotp
import pytest
from sqlalchemy import func, select

from bot.store.tables import AuditRow, SignInTryRow
from console.sign_in.passwords import hash_password, verify_password
from tests.console.conftest import Office
from tests.console.door import EMAIL, PASSWORD, enter, find_hidden, forget_codes, join, show_code

WRONG = "wrong wrong wrong"
SHUT = "Wait 15 minutes"


def _count_failures(office: Office) -> int:
    failed = select(func.count()).where(AuditRow.what == "sign_in_failed")
    return office.do(lambda s: s.scalar(failed)) or 0


def _at(network: str) -> dict[str, str]:
    return {"X-Forwarded-For": network}


def test_many_at_once_have_no_more_tries_than_one(office: Office) -> None:
    join(office)
    browser = office.visitor()
    csrf = find_hidden(browser.get("/sign-in").text)
    form = {"email": EMAIL, "password": WRONG, "csrf": csrf}
    pages = office.at_once(browser, "/sign-in", form, 12)
    assert sum("not right" in page for page in pages) == 5
    assert sum(SHUT in page for page in pages) == 7
    assert _count_failures(office) == 5


def test_many_codes_at_once_are_no_more_tries(office: Office) -> None:
    join(office)
    browser = office.visitor()
    enter(browser)
    form = {"code": "000000", "csrf": find_hidden(browser.get("/second").text)}
    pages = office.at_once(browser, "/second", form, 12)
    assert sum("not right" in page for page in pages) == 5
    assert sum(SHUT in page for page in pages) == 7


def test_one_network_has_thirty_tries_for_all_addresses(office: Office) -> None:
    join(office)
    browser = office.visitor()
    for number in range(30):
        answer = enter(browser, WRONG, f"user{number}@shelter.example", **_at("192.0.2.1"))
        assert "not right" in answer.text
    assert SHUT in enter(browser, PASSWORD, **_at("192.0.2.1")).text
    assert enter(browser, PASSWORD, **_at("192.0.2.2")).status_code == 303


def test_what_a_stranger_writes_before_the_proxys_word_does_not_count(office: Office) -> None:
    browser = office.visitor()
    for number in range(30):
        forged = f"198.51.100.{number}, 192.0.2.1"
        enter(browser, WRONG, f"user{number}@shelter.example", **_at(forged))
    assert SHUT in enter(browser, WRONG, **_at("203.0.113.9, 192.0.2.1")).text


def test_it_holds_over_a_restart(office: Office) -> None:
    join(office)
    for _ in range(5):
        enter(office.visitor(), WRONG)
    office.restart()
    assert SHUT in enter(office.visitor()).text


def test_the_right_password_does_not_give_new_tries_for_codes(office: Office) -> None:
    join(office)
    for _ in range(5):
        browser = office.visitor()
        assert enter(browser).status_code == 303
        assert show_code(browser, "000000").status_code == 401
    assert SHUT in enter(office.visitor()).text


def test_who_has_signed_in_begins_to_count_anew(office: Office) -> None:
    secret = join(office)[1]
    for _ in range(4):
        enter(office.visitor(), WRONG)
    forget_codes(office)
    browser = office.visitor()
    enter(browser)
    assert show_code(browser, pyotp.TOTP(secret).now()).status_code == 303
    assert "not right" in enter(office.visitor(), WRONG).text


def test_nothing_is_kept_in_clear_of_who_tried(office: Office) -> None:
    enter(office.visitor(), WRONG, "canary@shelter.example", **_at("192.0.2.77"))
    kept = b"".join(office.do(lambda s: s.scalars(select(SignInTryRow.whose))))
    assert b"canary" not in kept and b"192.0.2.77" not in kept
    assert len(set(office.do(lambda s: s.scalars(select(SignInTryRow.whose))))) == 2


@pytest.mark.parametrize(
    "email", ["\0", "a\0b@x.example", "\ud7ff\ufffe", "x" * 10_000, "'; DROP TABLE staff; --"]
)
def test_rubbish_is_a_wrong_address_like_any_other(office: Office, email: str) -> None:
    answer = enter(office.visitor(), WRONG, email)
    assert answer.status_code == 401
    assert "not right" in answer.text


def test_an_address_that_nobody_has_costs_the_same_work() -> None:
    kept = hash_password(PASSWORD)

    def spend(whose: str | None) -> float:
        begun = time.process_time()
        assert not verify_password(whose, WRONG)
        return time.process_time() - begun

    known, unknown = (median(spend(whose) for _ in range(7)) for whose in (kept, None))
    assert 0.5 < unknown / known < 2


def test_known_and_unknown_get_the_same_words(office: Office) -> None:
    join(office)
    known = enter(office.visitor(), WRONG, EMAIL)
    unknown = enter(office.visitor(), WRONG, "nobody@shelter.example")
    assert known.status_code == unknown.status_code == 401
    pages = [
        answer.text.replace(find_hidden(answer.text), "").replace(str(email), "")
        for answer, email in ((known, EMAIL), (unknown, "nobody@shelter.example"))
    ]
    assert pages[0] == pages[1]
