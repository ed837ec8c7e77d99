"""Passkeys: made once, shown by their own person to our own address, and worth nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from bot.flows.published import find_release, save_published
from bot.store.tables import AuditRow, PasskeyRow, StaffRow
from console.members import COOKIE, make_csrf
from console.sign_in.entering import VISITOR
from console.sign_in.passkeys import MOST_CHALLENGES, Passkeys
from tests.console.conftest import Browser, Office
from tests.console.door import enter, invite, is_out, join, take_up
from tests.fakes.authenticator import Authenticator, Json, parse_challenge


def _send(browser: Browser, path: str, body: Json | None = None) -> Json:
    """What our page's script sends, and the answer."""
    own = browser.cookies.get(COOKIE) or browser.cookies.get(VISITOR) or ""
    answer = browser.post(path, json=body or {}, headers={"X-CSRF": make_csrf(own)})
    return answer.json() | {"status": answer.status_code}


def _device(office: Office) -> Authenticator:
    return Authenticator(office.settings.console_url)


def _make(browser: Browser, device: Authenticator) -> Json:
    return _send(browser, "/passkeys/new", device.make(_send(browser, "/passkeys/new/options")))


def _show(browser: Browser, device: Authenticator) -> Json:
    return _send(browser, "/passkeys", device.show(_send(browser, "/passkeys/options")))


def _join(office: Office) -> tuple[Browser, Authenticator]:
    """Somebody whose second factor is a passkey."""
    browser, device = office.visitor(), _device(office)
    take_up(browser, invite(office))
    before = browser.cookies[COOKIE]
    assert _make(browser, device) == {"to": "/", "status": 200}
    assert browser.cookies[COOKIE] != before
    return browser, device


def _visitor(office: Office) -> Browser:
    browser = office.visitor()
    browser.get("/sign-in")
    return browser


def test_a_passkey_is_a_second_factor(office: Office) -> None:
    joined, device = _join(office)
    assert not is_out(joined)
    browser = office.visitor()
    enter(browser)
    assert "Six digits" not in browser.get("/second").text
    assert _show(browser, device)["to"] == "/"
    assert browser.get("/rest").status_code == 200


def test_a_device_shows_the_name_that_the_service_has_now(office: Office) -> None:
    browser = office.visitor()
    take_up(browser, invite(office))
    assert _send(browser, "/passkeys/new/options")["rp"]["name"] == "Waymark"
    root = find_release(office.settings.home, "a1")
    root.mkdir(parents=True)
    (root / "site.toml").write_text('[facts]\nservice_name = "Lantern"\n', encoding="utf-8")
    save_published(office.settings.home, "a1")
    assert _send(browser, "/passkeys/new/options")["rp"]["name"] == "Lantern"


def test_a_passkey_alone_signs_in_with_a_new_session(office: Office) -> None:
    _, device = _join(office)
    browser = _visitor(office)
    browser.cookies.set(COOKIE, "planted")
    assert _show(browser, device)["to"] == "/"
    thief = office.visitor()
    thief.cookies.set(COOKIE, "planted")
    assert is_out(thief)
    assert browser.get("/rest").status_code == 200


def test_who_has_one_factor_is_not_given_another_by_a_session_alone(office: Office) -> None:
    """Neither the password alone nor a stolen session makes a way in that lasts."""
    with_app, _ = join(office)
    password_alone = office.visitor()
    enter(password_alone)
    for thief in (password_alone, with_app):
        assert _make(thief, _device(office))["status"] == 400
    assert office.do(lambda s: s.scalar(select(func.count()).select_from(PasskeyRow))) == 0


WRONG = [
    ("origin", "https://elsewhere.example"),
    ("domain", "elsewhere.example"),
    ("verifies", False),
]


@pytest.mark.parametrize(("part", "value"), WRONG)
def test_nothing_is_taken_of_another_address_or_an_unknown_finger(
    office: Office, part: str, value: object
) -> None:
    browser, device = office.visitor(), _device(office)
    take_up(browser, invite(office, email="eve@shelter.example"))
    setattr(device, part, value)
    assert _make(browser, device)["status"] == 400
    _, device = _join(office)
    setattr(device, part, value)
    assert _show(_visitor(office), device)["status"] == 401


def test_an_answer_is_for_one_browser_and_works_once(office: Office) -> None:
    _, device = _join(office)
    browser = _visitor(office)
    answer = device.show(_send(browser, "/passkeys/options"))
    assert _send(_visitor(office), "/passkeys", answer)["status"] == 401
    assert _send(browser, "/passkeys", answer)["status"] == 200
    assert _send(browser, "/passkeys", answer)["status"] == 401


def test_an_answer_to_a_question_of_before_is_refused(office: Office) -> None:
    _, device = _join(office)
    browser = _visitor(office)
    old = device.show(_send(browser, "/passkeys/options"))
    _send(browser, "/passkeys/options")
    assert _send(browser, "/passkeys", old)["status"] == 401


def test_a_copied_device_is_noticed_by_its_count(office: Office) -> None:
    _, device = _join(office)
    device.count = 10
    assert _show(_visitor(office), device)["status"] == 200
    device.count = 5
    assert _show(_visitor(office), device)["status"] == 401


def test_another_key_with_the_same_name_opens_nothing(office: Office) -> None:
    _, device = _join(office)
    forged = Authenticator(device.origin, credential_id=device.credential_id)
    assert _show(_visitor(office), forged)["status"] == 401
    assert _show(_visitor(office), _device(office))["status"] == 401


def test_nobody_takes_over_a_passkey_that_is_known(office: Office) -> None:
    _, device = _join(office)
    thief = office.visitor()
    take_up(thief, invite(office, email="eve@shelter.example"))
    forged = Authenticator(device.origin, credential_id=device.credential_id)
    assert _make(thief, forged)["status"] == 400
    assert _show(_visitor(office), device)["status"] == 200


def test_a_disabled_account_is_not_opened(office: Office) -> None:
    _, device = _join(office)
    office.do(lambda s: s.execute(update(StaffRow).values(disabled_at=datetime.now(UTC))))
    assert _show(_visitor(office), device)["status"] == 401


def test_an_account_that_begins_anew_has_no_old_passkey(office: Office) -> None:
    _, device = _join(office)
    take_up(office.visitor(), invite(office))
    assert _show(_visitor(office), device)["status"] == 401


RUBBISH: list[Json] = [
    {},
    {"id": 7},
    {"id": "\0"},
    {"id": "ñ"},
    {"id": ["x"]},
    {"id": "AAAA", "response": "x"},
    {"id": "x" * 5000},
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_refused_in_one_sentence(office: Office, rubbish: Json) -> None:
    assert _send(_visitor(office), "/passkeys", rubbish)["fault"] == "This passkey does not open."
    browser = office.visitor()
    take_up(browser, invite(office))
    assert _send(browser, "/passkeys/new", rubbish)["fault"] == "The passkey was not accepted."


def test_failures_are_written_down_and_at_last_refused(office: Office) -> None:
    browser = _visitor(office)
    for _ in range(30):
        _send(browser, "/passkeys")
    assert "Wait 15 minutes" in _send(browser, "/passkeys")["fault"]
    rows = office.do(lambda s: s.scalars(select(AuditRow))).all()
    assert {(row.what, row.about) for row in rows} == {("sign_in_failed", "passkey")}
    assert len(rows) == 30


def test_a_flood_of_questions_costs_no_memory() -> None:
    passkeys = Passkeys("http://localhost:8001")
    for number in range(MOST_CHALLENGES + 50):
        passkeys._keep(str(number), b"x")
    assert len(passkeys._challenges) == MOST_CHALLENGES
    assert passkeys._use("0") is None
    assert passkeys._use(str(MOST_CHALLENGES)) == b"x"


def test_each_question_is_a_new_one(office: Office) -> None:
    browser = _visitor(office)
    asked = [parse_challenge(_send(browser, "/passkeys/options")) for _ in range(3)]
    assert len(set(asked)) == 3
    assert all(len(challenge) >= 32 for challenge in asked)
