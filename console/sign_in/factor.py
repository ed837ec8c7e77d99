"""The second factor: made at the first time, then shown. Here the codes of an app are."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.passkeys import find_passkeys, has_factor
from bot.store.sign_in_tries import account_of, claim_try, forget_try, network_of
from bot.store.staff import keep_totp, open_totp
from bot.store.tables import StaffRow
from bot.vault.errors import Unreadable
from bot.vault.vault import Cell
from console.house import House
from console.members import Member, find_member, require_own_form
from console.sign_in.door import SHUT
from console.sign_in.entering import find_network, let_in
from console.sign_in.totp import find_step, make_secret, render_picture

Text = Annotated[str, Form()]
WRONG = "This code is not right, or was used before. Wait for the next one and try again."


def routes(house: House) -> APIRouter:
    """``/second``."""
    router = APIRouter()

    @router.get("/second")
    async def second(request: Request) -> Response:
        member, row = await find_member(house, request)
        return _to_first_page() if row.proven_at else await _show(house, member)

    @router.post("/second")
    async def show_code(request: Request, code: Text, sealed: Text = "") -> Response:
        member, row = await find_member(house, request)
        await require_own_form(request, member.csrf)
        if row.proven_at:
            return _to_first_page()
        async with house.sessions.begin() as session:
            staff = await session.get_one(StaffRow, member.id, with_for_update=True)
            fault = await _check_code(house, session, request, staff, code, sealed)
            if fault is None:
                return await let_in(house, session, request, staff, proven=True)
        return await _show(house, member, fault=fault, sealed=sealed)

    return router


async def _check_code(
    house: House, session: AsyncSession, request: Request, staff: StaffRow, code: str, sealed: str
) -> str | None:
    """What is wrong with a code. The first right one of a new app makes it the second factor."""
    now = house.now()
    counted = (
        account_of(house.vault, staff.email),
        network_of(house.vault, find_network(request)),
    )
    if (tried := await claim_try(session, counted, now)) is None:
        return SHUT
    kept = open_totp(house.vault, staff)
    may_begin = not await has_factor(session, staff)
    secret = _open_new(house, staff, sealed) if may_begin else kept
    step = find_step(secret, code, staff.totp_step, now) if secret else None
    if secret is None or step is None:
        await save_audit(session, staff.id, "sign_in_failed", now, about="code")
        return WRONG
    await forget_try(session, tried)
    if may_begin:
        keep_totp(house.vault, staff, secret)
    staff.totp_step = step
    return None


async def _show(
    house: House, member: Member, *, fault: str | None = None, sealed: str = ""
) -> Response:
    """The question for a code; at the first time with a new secret for an app."""
    async with house.sessions() as session:
        staff = await session.get_one(StaffRow, member.id)
        begins = not await has_factor(session, staff)
        has_passkey = bool(await find_passkeys(session, staff.id))
    secret = (_open_new(house, staff, sealed) or make_secret()) if begins else ""
    return house.pages.show(
        None,
        "second.html",
        status=401 if fault else 200,
        csrf=member.csrf,
        fault=fault,
        begins=begins,
        has_passkey=has_passkey,
        has_app=staff.totp_secret is not None,
        secret=secret,
        sealed=_seal_new(house, staff, secret) if begins else "",
        picture=_picture(house, staff, secret) if begins else "",
    )


def _picture(house: House, staff: StaffRow, secret: str) -> str:
    return render_picture(secret, staff.email, house.site.facts["service_name"])


def _seal_new(house: House, staff: StaffRow, secret: str) -> str:
    """The secret travels with the form, sealed for this account, until a code has shown it."""
    return base64.b64encode(house.vault.house_key().seal(secret, _cell(staff))).decode()


def _open_new(house: House, staff: StaffRow, untrusted_sealed: str) -> str | None:
    try:
        return house.vault.house_key().open(base64.b64decode(untrusted_sealed), _cell(staff))
    except (Unreadable, ValueError):
        return None


def _cell(staff: StaffRow) -> Cell:
    return Cell("staff", "new_totp_secret", str(staff.id))


def _to_first_page() -> Response:
    return RedirectResponse("/", status_code=303)
