"""Accounts: invited once, changed, closed; each act written down, and none by the wrong hands."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.invitations import find_invitation, hash_token
from bot.store.tables import (
    AuditRow,
    HandoffRow,
    InvitationRow,
    PersonRow,
    ServiceRow,
    StaffRow,
    StaffSessionRow,
)
from tests.console.conftest import Browser, Office
from tests.console.writers import HOSTILE, Writer

EMAIL = "ana@shelter.example"
NAVIGATOR = {"role": "navigator", "languages": ["en"], "team": "Navigators"}
AGENCY = "svc-1@loc-1"


def _invite(browser: Browser, **more: object) -> Any:
    return browser.submit("/staff/invite", **{"email": EMAIL, **NAVIGATOR, **more})


def _change(browser: Browser, target: uuid.UUID, **more: object) -> Any:
    fields = {**NAVIGATOR, "caseload": "5", **more}
    return browser.submit(f"/staff/{target}", **fields)


def _row(office: Office, staff_id: uuid.UUID) -> StaffRow:
    return office.do(lambda session: session.get_one(StaffRow, staff_id))


def _audit(office: Office) -> list[tuple[str, str]]:
    async def read(session: AsyncSession) -> list[tuple[str, str]]:
        rows = await session.execute(
            select(AuditRow.what, AuditRow.about).order_by(AuditRow.position)
        )
        return [(what, about) for what, about in rows]

    return office.do(read)


def _add_agency(office: Office) -> None:
    async def add(session: AsyncSession) -> None:
        session.add(
            ServiceRow(
                id=AGENCY, name="Legal Clinic", organization="Clinic", description="", needs=[],
                keys=[], confidential=False, nationwide=False, languages=[], free=True,
                schedules=[],
            )
        )  # fmt: skip

    office.do(add)


def test_the_link_is_shown_once_and_kept_as_a_hash(office: Office) -> None:
    admin = office.sign_in("admin")
    page = _invite(admin, email=" Ana@Shelter.example ").text
    (link,) = re.findall(r"<code>(http[^<]+)</code>", page)
    token = link.rpartition("/")[2]
    assert link == f"{office.settings.console_url}/join/{token}"
    invitation = office.do(lambda s: find_invitation(s, token, datetime.now(UTC)))
    assert invitation and (invitation.email, invitation.role) == (EMAIL, "navigator")
    assert (invitation.team, invitation.languages) == ("Navigators", ["en"])
    assert invitation.token_hash == hash_token(token)
    for path in ("/staff", "/staff/invite", "/audit"):
        assert token not in admin.get(path).text
    assert _audit(office)[-1] == ("staff_invited", "navigator")
    assert admin.get(f"/join/{token}").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ana"}, {"email": "a b@c.example"}, {"email": "a@b"}, {"email": HOSTILE},
        {"email": "a@" + "b" * 300 + ".example"}, {"email": "a@b.example\r\nBcc: x@y.example"},
        {"role": "root"}, {"role": ""}, {"role": HOSTILE},
        {"team": "Nobody"}, {"languages": ["xx"]}, {"languages": []},
        {"agency": AGENCY}, {"role": "partner"}, {"role": "partner", "agency": "no-such"},
        {"role": "partner", "agency": "\0"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_is_invited(
    office: Office, wrong: dict[str, object]
) -> None:
    admin = office.sign_in("admin")
    answer = _invite(admin, **wrong)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text and "/join/" not in answer.text
    assert office.do(lambda s: s.scalar(select(InvitationRow))) is None
    assert _audit(office) == []


def test_a_partner_belongs_to_an_agency_of_the_directory(office: Office) -> None:
    admin = office.sign_in("admin")
    _add_agency(office)
    assert "/join/" in _invite(admin, role="partner", agency=AGENCY, team="").text
    invitation = office.do(lambda s: s.scalar(select(InvitationRow)))
    assert (invitation.role, invitation.agency) == ("partner", AGENCY)


def test_limits_team_languages_and_role_are_changed(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    answer = _change(admin, nora.staff_id, role="supervisor", languages=["es", "en"], caseload="3")
    assert answer.status_code == 303
    row = _row(office, nora.staff_id)
    assert (row.role, row.team, row.caseload) == ("supervisor", "Navigators", 3)
    assert row.languages == ["es", "en"]
    assert _audit(office) == [("staff_changed", f"{nora.staff_id} supervisor")]
    assert nora.get("/load").status_code == 200  # from the next page on


@pytest.mark.parametrize("caseload", ["0", "21", "-1", "x", "", "5.5", "٣", "1e1"])
def test_a_limit_outside_of_reason_is_refused(office: Office, caseload: str) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    assert _change(admin, nora.staff_id, caseload=caseload).status_code == 422
    assert _row(office, nora.staff_id).caseload == 5


def test_a_closed_account_is_out_at_once_and_leaves_nobody_alone(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator", "Nora")
    writer = Writer(office, nora)
    nora.submit("/practice/start", persona="grace")
    assert admin.submit(f"/staff/{nora.staff_id}/disable").status_code == 303
    assert nora.get("/", follow_redirects=False).headers["location"] == "/sign-in"
    assert office.do(lambda s: s.scalar(select(StaffRow.disabled_at)
        .where(StaffRow.id == nora.staff_id))) is not None  # fmt: skip
    sessions = select(StaffSessionRow).where(StaffSessionRow.staff_id == nora.staff_id)
    assert office.do(lambda s: s.scalar(sessions)) is None
    row = writer.handoff()
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    assert row and row.unanswered_since and row.unanswered_since < long_ago
    assert office.do(lambda s: s.scalars(select(PersonRow.channel))).all() == ["sms"]
    assert _audit(office)[-1] == ("staff_disabled", str(nora.staff_id))
    assert "closed" in admin.get("/staff").text


def test_a_transfer_to_somebody_who_is_gone_is_for_everybody_again(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    writer = Writer(office)
    office.do(lambda s: s.execute(update(HandoffRow).values(meant_for=nora.staff_id)))
    admin.submit(f"/staff/{nora.staff_id}/disable")
    row = writer.handoff()
    assert row and row.meant_for is None


def test_who_no_longer_talks_gives_everybody_back(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    writer = Writer(office, nora)
    assert _change(admin, nora.staff_id, role="evaluator", team="").status_code == 303
    row = writer.handoff()
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    assert row and row.unanswered_since and row.unanswered_since < long_ago


def test_nobody_closes_invites_or_raises_themselves(office: Office) -> None:
    admin = office.sign_in("admin")
    answer = admin.submit(f"/staff/{admin.staff_id}/disable")
    assert answer.status_code == 422 and "your own account" in answer.text
    assert _row(office, admin.staff_id).disabled_at is None
    assert _change(admin, admin.staff_id, role="supervisor").status_code == 422
    assert _invite(admin, email=_row(office, admin.staff_id).email).status_code == 422
    assert _change(admin, admin.staff_id, role="admin", caseload="7").status_code == 303
    assert "disable" not in admin.get(f"/staff/{admin.staff_id}").text
    assert [what for what, _ in _audit(office)] == ["staff_changed"]


@pytest.mark.parametrize("role", ["navigator", "supervisor", "evaluator", "partner"])
def test_only_who_may_has_these_pages(office: Office, role: str) -> None:
    browser, nora = office.sign_in(role), office.sign_in("navigator")
    for path in ("/staff", "/staff/invite", f"/staff/{nora.staff_id}"):
        assert browser.get(path).status_code == 404
    assert _invite(browser).status_code == 404
    assert _change(browser, nora.staff_id, role="admin").status_code == 404
    assert _change(browser, browser.staff_id, role="admin").status_code == 404
    assert browser.submit(f"/staff/{nora.staff_id}/disable").status_code == 404
    assert _audit(office) == []


def test_the_password_must_have_been_shown_lately(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    long_ago = datetime.now(UTC) - timedelta(minutes=20)
    office.do(lambda s: s.execute(update(StaffSessionRow).values(proven_at=long_ago)))
    answers = [
        admin.get("/staff", follow_redirects=False),
        _invite(admin),
        _change(admin, nora.staff_id, caseload="3"),
        admin.submit(f"/staff/{nora.staff_id}/disable"),
    ]
    assert {answer.headers["location"].partition("?")[0] for answer in answers} == {"/again"}
    assert _row(office, nora.staff_id).disabled_at is None and _audit(office) == []


def test_forged_forms_and_made_up_accounts_change_nothing(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator")
    for path in ("/staff/invite", f"/staff/{nora.staff_id}", f"/staff/{nora.staff_id}/disable"):
        form = {"email": EMAIL, "caseload": "3", **NAVIGATOR}
        assert admin.post(path, data=form).status_code == 403
        other = {"Origin": "https://elsewhere.example"}
        forged = admin.post(path, data={**form, "csrf": admin.csrf}, headers=other)
        assert forged.status_code == 403
    assert admin.get(f"/staff/{uuid.uuid4()}").status_code == 404
    assert admin.submit(f"/staff/{uuid.uuid4()}/disable").status_code == 404
    assert _audit(office) == []


def test_names_are_shown_as_they_are_written(office: Office) -> None:
    admin, nora = office.sign_in("admin"), office.sign_in("navigator", HOSTILE)
    for path in ("/staff", f"/staff/{nora.staff_id}"):
        page = admin.get(path).text
        assert "<script>alert" not in page and "<img" not in page and "{{7*7}}" in page
