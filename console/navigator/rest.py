"""A pause, and the wish to talk about what one heard. Neither is written into the audit log."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.care.load import PAUSES, Pause, decide_pause, find_midnight
from bot.store.debriefs import find_own_debrief, save_debrief
from bot.store.load import find_closed, find_rest
from bot.store.staff_desk import save_rest
from console.house import House
from console.members import Member, allowed


def routes(house: House) -> APIRouter:
    """``/rest``; after a conversation ``/rest/after`` offers a pause or goes on to the queue."""
    router = APIRouter()
    rest = Annotated[Member, Depends(allowed(house, "rest"))]
    debrief = Annotated[Member, Depends(allowed(house, "debrief"))]

    @router.get("/rest")
    async def page(member: rest) -> Response:
        return await _show(house, member, None)

    @router.get("/rest/after")
    async def after(member: rest) -> Response:
        offer = await _find_offer(house, member)
        return await _show(house, member, offer) if offer else _to("/")

    @router.post("/rest")
    async def take(member: rest, minutes: Annotated[int, Form()]) -> Response:
        if minutes not in PAUSES:
            raise HTTPException(422)
        async with house.sessions.begin() as session:
            await save_rest(session, member.id, house.now() + timedelta(minutes=minutes))
        return _to("/rest")

    @router.post("/rest/end")
    async def end(member: rest) -> Response:
        async with house.sessions.begin() as session:
            await save_rest(session, member.id, house.now())
        return _to("/")

    @router.post("/rest/debrief")
    async def ask(member: debrief) -> Response:
        async with house.sessions.begin() as session:
            await save_debrief(session, member.id, house.now())
        return _to("/rest")

    return router


async def _find_offer(house: House, member: Member) -> Pause | None:
    """The pause to offer after the last conversation; none to somebody who rests already."""
    today = find_midnight(house.now().astimezone(house.site.timezone))
    async with house.sessions() as session:
        if await find_rest(session, member.id, house.now()):
            return None
        return decide_pause(await find_closed(session, member.id, today))


async def _show(house: House, member: Member, offer: Pause | None) -> Response:
    async with house.sessions() as session:
        until = await find_rest(session, member.id, house.now())
        wish = await find_own_debrief(session, member.id)
    return house.pages.show(member, "rest.html", until=until, wish=wish, offer=offer, pauses=PAUSES)


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=303)
