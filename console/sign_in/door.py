"""Signing in with a password, showing it again, and signing out."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.sign_in_tries import account_of, claim_try, forget_try, network_of
from bot.store.staff import find_staff, parse_email
from bot.store.staff_sessions import end_session, renew_session
from bot.store.tables import StaffRow
from console.errors import FactorMissing
from console.house import House
from console.members import COOKIE, find_member, require_own_form
from console.sign_in.entering import (
    find_network,
    let_in,
    parse_way,
    require_visitors_form,
    set_cookie,
    show_door,
)
from console.sign_in.passwords import hash_password, is_outdated, verify_password

Text = Annotated[str, Form()]

WRONG = "The address or the password is not right."
SHUT = "There were too many tries. Wait 15 minutes, then try again."


def routes(house: House) -> APIRouter:
    """``/sign-in``, ``/again`` and ``/sign-out``."""
    router = APIRouter()

    @router.get("/sign-in")
    async def door(request: Request) -> Response:
        return show_door(house, request, "door.html", fault=None, email="")

    @router.post("/sign-in")
    async def enter(request: Request, email: Text, password: Text, csrf: Text = "") -> Response:
        require_visitors_form(request, csrf)
        staff, fault = await check_password(house, request, email, password)
        if staff is not None:
            async with house.sessions.begin() as session:
                return await let_in(house, session, request, staff, proven=False)
        return show_door(house, request, "door.html", status=401, fault=fault, email=email)

    @router.get("/again")
    async def again(request: Request, to: str = "/") -> Response:
        member, row = await find_member(house, request)
        if row.proven_at is None:
            raise FactorMissing
        return house.pages.show(member, "again.html", fault=None, to=parse_way(to))

    @router.post("/again")
    async def prove(request: Request, password: Text, to: Text = "/") -> Response:
        member, row = await find_member(house, request)
        await require_own_form(request, member.csrf)
        if row.proven_at is None:
            raise FactorMissing
        staff, fault = await check_password(house, request, member.email, password)
        if staff is not None:
            return await _let_go_on(house, request, parse_way(to))
        return house.pages.show(member, "again.html", status=401, fault=fault, to=parse_way(to))

    @router.post("/sign-out")
    async def leave(request: Request) -> Response:
        member, _ = await find_member(house, request)
        await require_own_form(request, member.csrf)
        async with house.sessions.begin() as session:
            await end_session(session, request.cookies.get(COOKIE, ""))
            await save_audit(session, member.id, "signed_out", house.now())
        response = RedirectResponse("/sign-in", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    return router


async def check_password(
    house: House, request: Request, email: str, password: str
) -> tuple[StaffRow | None, str]:
    """The account, or a sentence that is the same for a wrong password and no account at all."""
    now, email = house.now(), parse_email(email)
    counted = account_of(house.vault, email), network_of(house.vault, find_network(request))
    async with house.sessions.begin() as session:
        tried = await claim_try(session, counted, now)
        staff = await find_staff(session, email)
    if tried is None:
        return None, SHUT
    kept = staff.password_hash if staff else None
    right = await asyncio.to_thread(verify_password, kept, password)
    async with house.sessions.begin() as session:
        if staff is None or not right or staff.disabled_at is not None:
            about = staff.id if staff else None
            await save_audit(session, about, "sign_in_failed", now)
            return None, WRONG
        await forget_try(session, tried)
        await _keep_up_to_date(session, staff, password)
    return staff, ""


async def _keep_up_to_date(session: AsyncSession, staff: StaffRow, password: str) -> None:
    """Hash anew what was hashed by yesterday's rules, now that the password is at hand."""
    if is_outdated(staff.password_hash):
        row = await session.get_one(StaffRow, staff.id)
        row.password_hash = await asyncio.to_thread(hash_password, password)


async def _let_go_on(house: House, request: Request, way: str) -> Response:
    """The same session under a new token, for it may do more than before."""
    async with house.sessions.begin() as session:
        token = await renew_session(session, request.cookies.get(COOKIE, ""), house.now())
    response = RedirectResponse(way, status_code=303)
    set_cookie(house, response, COOKIE, token)
    return response
