"""Cookies and sessions of the door: every rise of rights is a new session."""

from __future__ import annotations

import secrets

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.sign_in_tries import forget_failures
from bot.store.staff_sessions import end_session, forget_ended_sessions, start_session
from bot.store.tables import StaffRow
from console.house import House
from console.members import COOKIE, make_csrf, require_token

#: Of a browser that is not signed in: its forms are bound to it as well.
VISITOR = "visitor"


def set_cookie(house: House, response: Response, name: str, value: str) -> None:
    """A cookie for this address alone; never readable by a script."""
    secure = house.settings.console_url.startswith("https://")
    response.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")


def show_door(
    house: House, request: Request, template: str, /, status: int = 200, **values: object
) -> Response:
    """A page for a visitor, with a form that only this browser can send."""
    visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(32)
    csrf = make_csrf(visitor)
    page = house.pages.show(None, template, status=status, csrf=csrf, **values)
    set_cookie(house, page, VISITOR, visitor)
    return page


def require_visitors_form(request: Request, untrusted_csrf: str) -> None:
    """The form came from our page, in this browser. Raises :class:`Forged`."""
    visitor = request.cookies.get(VISITOR)
    require_token(request, untrusted_csrf, *([make_csrf(visitor)] if visitor else []))


def require_own_script(request: Request) -> None:
    """Our page's script asks, at the door or behind it. Raises :class:`Forged`."""
    cookies = filter(None, (request.cookies.get(COOKIE), request.cookies.get(VISITOR)))
    require_token(request, request.headers.get("X-CSRF"), *map(make_csrf, cookies))


async def let_in(
    house: House, session: AsyncSession, request: Request, staff: StaffRow, *, proven: bool
) -> Response:
    """A new session in place of whatever the browser had before."""
    now = house.now()
    await forget_ended_sessions(session, now)
    await end_session(session, request.cookies.get(COOKIE, ""))
    token = await start_session(session, staff.id, now, proven=proven)
    if proven:
        await forget_failures(session, house.vault, staff.email)
        await save_audit(session, staff.id, "signed_in", now)
    response = RedirectResponse("/" if proven else "/second", status_code=303)
    set_cookie(house, response, COOKIE, token)
    return response


def find_network(request: Request) -> str:
    """Where a request comes from. The proxy in front is the only one who may say so."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded or (request.client.host if request.client else "")


def parse_way(untrusted_path: str) -> str:
    """A path of ours to go on to, or the first page."""
    ours = untrusted_path.startswith("/") and not untrusted_path.startswith(("//", "/\\"))
    return untrusted_path if ours else "/"
