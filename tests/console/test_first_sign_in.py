"""The very first sign-in: a link while nobody has an account, and none after that."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from bot.store.staff import Place, disable_staff, save_staff
from bot.store.tables import InvitationRow, StaffRow
from deploy.stack.up import FIRST, find_way_in
from tests.console.conftest import Office
from tests.console.door import begin_app, take_up


def _way(office: Office) -> str:
    return asyncio.run(find_way_in(office.settings)).removeprefix(office.settings.console_url)


def test_whoever_starts_the_house_becomes_the_first_admin(office: Office) -> None:
    browser, way = office.visitor(), _way(office)
    assert way.startswith("/join/")
    assert take_up(browser, way).headers["Location"] == "/second"
    begin_app(browser)
    staff = office.do(lambda s: s.scalar(select(StaffRow)))
    assert (staff.email, staff.role) == (FIRST, "admin")
    assert browser.get("/staff").status_code == 200
    assert _way(office) == "/sign-in"


def test_each_start_makes_a_new_link_and_ends_the_one_before(office: Office) -> None:
    first, second = _way(office), _way(office)
    assert office.visitor().get(first).status_code == 404
    assert office.visitor().get(second).status_code == 200
    assert len(office.do(lambda s: s.scalars(select(InvitationRow))).all()) == 1


def test_with_somebody_there_no_link_is_made(office: Office) -> None:
    office.do(lambda s: save_staff(s, "ana@shelter.example", "Ana", "x", Place("navigator")))
    assert _way(office) == "/sign-in"
    assert office.do(lambda s: s.scalar(select(InvitationRow))) is None


def test_a_house_whose_last_account_was_closed_can_be_entered_again(office: Office) -> None:
    async def close(session: object) -> None:
        row = await save_staff(session, FIRST, "Ana", "x", Place("admin"))
        await disable_staff(session, row, datetime.now(UTC))

    office.do(close)
    assert _way(office).startswith("/join/")
