"""The passkeys' addresses, which the page's script calls: made at the first time, then shown."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse

from bot.store.audit import save_audit
from bot.store.passkeys import find_passkey, find_passkeys, has_factor, save_passkey
from bot.store.sign_in_tries import claim_try, forget_try, network_of
from bot.store.tables import StaffRow
from console.house import House
from console.members import COOKIE, find_member, require_own_form
from console.sign_in.door import SHUT
from console.sign_in.entering import VISITOR, find_network, let_in, require_own_script
from console.sign_in.passkeys import Passkeys, parse_credential_id

Answer = Annotated[dict[str, Any], Body()]
_OPEN = {"to": "/"}


def routes(house: House) -> APIRouter:
    """``/passkeys`` and what belongs to it."""
    router = APIRouter()
    passkeys = Passkeys(house.settings.console_url)

    @router.post("/passkeys/new/options")
    async def offer(request: Request) -> Response:
        member, _ = await find_member(house, request)
        await require_own_form(request, member.csrf)
        async with house.sessions() as session:
            staff = await session.get_one(StaffRow, member.id)
            known = await find_passkeys(session, member.id)
        service = house.site.facts["service_name"]
        return _json(passkeys.offer(_browser(request), service, staff, known))

    @router.post("/passkeys/new")
    async def make(request: Request, answer: Answer) -> Response:
        """At the first time, in place of an app. A session alone, stolen, adds nothing later."""
        member, _ = await find_member(house, request)
        await require_own_form(request, member.csrf)
        made = passkeys.take(_browser(request), answer)
        async with house.sessions.begin() as session:
            staff = await session.get_one(StaffRow, member.id, with_for_update=True)
            known = made and await find_passkey(session, made.credential_id)
            if made is None or known or await has_factor(session, staff):
                return JSONResponse({"fault": "The passkey was not accepted."}, status_code=400)
            await save_passkey(
                session, staff.id, made.credential_id, made.credential_public_key,
                made.sign_count, house.now(),
            )  # fmt: skip
            await save_audit(session, staff.id, "passkey_added", house.now())
            return _opened(await let_in(house, session, request, staff, proven=True))

    @router.post("/passkeys/options")
    async def ask(request: Request) -> Response:
        require_own_script(request)
        return _json(passkeys.ask(_browser(request)))

    @router.post("/passkeys")
    async def enter(request: Request, answer: Answer) -> Response:
        """A passkey with its person verified is both factors in one."""
        require_own_script(request)
        network = network_of(house.vault, find_network(request))
        async with house.sessions.begin() as session:
            tried = await claim_try(session, [network], house.now())
            if tried is None:
                return _refuse(SHUT)
            passkey = await find_passkey(session, parse_credential_id(answer))
            count = passkeys.check(_browser(request), answer, passkey) if passkey else None
            staff = await session.get(StaffRow, passkey.staff_id) if passkey else None
            if passkey is None or count is None or staff is None or staff.disabled_at is not None:
                await save_audit(session, None, "sign_in_failed", house.now(), about="passkey")
                return _refuse("This passkey does not open.")
            passkey.sign_count = count
            await forget_try(session, tried)
            return _opened(await let_in(house, session, request, staff, proven=True))

    return router


def _browser(request: Request) -> str:
    return request.cookies.get(COOKIE) or request.cookies.get(VISITOR) or ""


def _refuse(fault: str) -> Response:
    return JSONResponse({"fault": fault}, status_code=401)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")


def _opened(let: Response) -> Response:
    """The same cookies on an answer that a script reads."""
    response = JSONResponse(_OPEN)
    for name, value in let.raw_headers:
        if name == b"set-cookie":
            response.raw_headers.append((name, value))
    return response
