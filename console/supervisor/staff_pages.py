"""Accounts of the staff. Every change is written down; the password was shown just before."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.due import due_before
from bot.store.audit import save_audit
from bot.store.directory_work import count_work
from bot.store.outcomes import find_worrying
from bot.store.staff import disable_staff, find_all_staff
from bot.store.staff_leaving import leave_people
from bot.store.tables import StaffRow
from console.errors import NotAllowed
from console.house import House
from console.members import Member, freshly
from console.supervisor import invite_pages
from console.supervisor.staff_forms import FEWEST, MOST, Wished, parse_caseload
from console.supervisor.staff_places import OWN, find_choices, find_place

Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form(default_factory=list)]

NO_CASELOAD = f"Choose a limit from {FEWEST} to {MOST}."


def routes(house: House) -> APIRouter:
    """``/staff``."""
    router = invite_pages.routes(house)
    member_here = Annotated[Member, Depends(freshly(house, "staff"))]

    @router.get("/staff")
    async def page(member: member_here) -> Response:
        async with house.sessions() as session:
            staff = await find_all_staff(session)
            worrying = await find_worrying(session, house.now())
            work = await count_work(session, due_before(house.now().date()))
        return house.pages.show(
            member, "staff.html", staff=staff, worrying=len(worrying), directory_work=work
        )

    @router.get("/staff/{staff_id}")
    async def one(member: member_here, staff_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            row = await _claim_staff(session, staff_id)
        return _show(house, member, row, _as_wished(row))

    @router.post("/staff/{staff_id}")
    async def change(
        member: member_here, staff_id: uuid.UUID, role: Text, languages: Texts,
        caseload: Text, agency: Text = "", team: Text = "",
    ) -> Response:  # fmt: skip
        wished = Wished(role, agency.strip(), team, tuple(languages), caseload)
        async with house.sessions.begin() as session:
            row = await _claim_staff(session, staff_id)
            fault = await _change(house, session, member, row, wished)
        return _show(house, member, row, wished, fault) if fault else _back()

    @router.post("/staff/{staff_id}/disable")
    async def disable(member: member_here, staff_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            row = await _claim_staff(session, staff_id)
            if row.id == member.id:
                return _show(house, member, row, _as_wished(row), OWN)
            await disable_staff(session, row, house.now())
            await _leave(house, session, row)
            await save_audit(session, member.id, "staff_disabled", house.now(), about=str(row.id))
        return _back()

    return router


async def _change(
    house: House, session: AsyncSession, member: Member, row: StaffRow, wished: Wished
) -> str:
    """What is wrong; empty when it is changed."""
    place, caseload = await find_place(house, session, wished), parse_caseload(wished.caseload)
    if isinstance(place, str):
        return place
    if caseload is None:
        return NO_CASELOAD
    if row.id == member.id and place.role != row.role:
        return OWN
    row.role, row.agency, row.team = place.role, place.agency, place.team
    row.languages, row.caseload = list(place.languages), caseload
    if not house.permissions.allow(place.role, "talk"):
        row.at_desk_since = None
        await _leave(house, session, row)
    about = f"{row.id} {place.role}"
    await save_audit(session, member.id, "staff_changed", house.now(), about=about)
    return ""


async def _leave(house: House, session: AsyncSession, row: StaffRow) -> None:
    await leave_people(session, row.id, house.site.desk.silent_after, house.now())


async def _claim_staff(session: AsyncSession, staff_id: uuid.UUID) -> StaffRow:
    """Raises :class:`NotAllowed` when there is no such account."""
    row = await session.get(StaffRow, staff_id, with_for_update=True)
    if row is None:
        raise NotAllowed
    return row


def _as_wished(row: StaffRow) -> Wished:
    return Wished(row.role, row.agency, row.team, tuple(row.languages), str(row.caseload))


def _show(house: House, member: Member, row: StaffRow, wished: Wished, fault: str = "") -> Response:
    return house.pages.show(
        member, "staff_one.html", status=422 if fault else 200, row=row, wished=wished,
        fault=fault, own=row.id == member.id, fewest=FEWEST, most=MOST, **find_choices(house),
    )  # fmt: skip


def _back() -> Response:
    return RedirectResponse("/staff", status_code=303)
