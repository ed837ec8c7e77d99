"""Invitations: a name, a password, and the account is there."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response

from bot.store.audit import save_audit
from bot.store.invitations import find_invitation
from bot.store.passkeys import forget_passkeys
from bot.store.staff import Place, save_staff
from bot.store.tables import InvitationRow
from console.house import House
from console.sign_in.entering import let_in, require_visitors_form, show_door
from console.sign_in.passwords import find_fault, hash_password

Text = Annotated[str, Form()]
#: Characters of a name.
LONGEST_NAME = 60


def routes(house: House) -> APIRouter:
    """``/join/{token}``."""
    router = APIRouter()

    @router.get("/join/{untrusted_token}")
    async def invited(request: Request, untrusted_token: str) -> Response:
        async with house.sessions() as session:
            invitation = await find_invitation(session, untrusted_token, house.now())
        return _show(house, request, invitation)

    @router.post("/join/{untrusted_token}")
    async def join(
        request: Request, untrusted_token: str, name: Text, password: Text, csrf: Text = ""
    ) -> Response:
        require_visitors_form(request, csrf)
        async with house.sessions.begin() as session:
            invitation = await find_invitation(session, untrusted_token, house.now(), hold=True)
            if invitation is None:
                raise HTTPException(404)
            name = parse_name(name)
            if fault := _find_fault(invitation, name, password):
                return _show(house, request, invitation, fault=fault, name=name)
            place = Place(invitation.role, invitation.agency, invitation.team, invitation.languages)
            kept = await asyncio.to_thread(hash_password, password)
            staff = await save_staff(session, invitation.email, name, kept, place)
            await forget_passkeys(session, staff.id)
            await session.delete(invitation)
            await save_audit(session, staff.id, "joined", house.now(), about=staff.role)
            return await let_in(house, session, request, staff, proven=False)

    return router


def parse_name(untrusted_name: str) -> str:
    """A name in one line, without signs that nobody sees; survivors read it."""
    seen = "".join(sign for sign in untrusted_name if sign.isprintable() or sign.isspace())
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _find_fault(invitation: InvitationRow, name: str, password: str) -> str | None:
    if not name:
        return "Write the name that survivors and your team will see."
    return find_fault(password, invitation.email, name)


def _show(
    house: House, request: Request, invitation: InvitationRow | None,
    *, fault: str | None = None, name: str = "",
) -> Response:  # fmt: skip
    if invitation is None:
        raise HTTPException(404)
    status = 422 if fault else 200
    return show_door(
        house, request, "join.html", status=status, fault=fault, name=name, email=invitation.email
    )
