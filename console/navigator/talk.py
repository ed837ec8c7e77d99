"""A conversation with a person: to read it, and to write in it."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.places import load_places
from bot.store.drafts import forget_draft
from console.house import House
from console.members import Member, allowed
from console.navigator import drafts, ending, notes, offering
from console.navigator.holding import Held, find_held
from console.navigator.page import Box, Room, find_box, find_lines, find_page, note_look
from console.navigator.presence import Presence
from console.navigator.replies import load_shelf
from console.navigator.sending import Sent, find_fault, find_writable, parse_text, send_words

OTHER_WORDS = (
    "What you wrote before was sent already. This is another text and was not sent."
    " Press Send again to send it too."
)


def routes(house: House) -> APIRouter:
    """``/people/{person_id}`` and what belongs to it. Raises ``bot.errors.SiteError``."""
    room = Room(house, load_shelf(house.site), load_places(house.site.path))
    router = APIRouter()
    router.include_router(_reading(room))
    router.include_router(_writing(room))
    router.include_router(offering.routes(room))
    for part in (drafts, notes, ending):
        router.include_router(part.routes(house))
    return router


def _reading(room: Room) -> APIRouter:
    router, house = APIRouter(), room.house
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.get("/people/{person_id}")
    async def page(
        request: Request, member: talk, person_id: uuid.UUID, service: str = ""
    ) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            box = await find_box(session, member, held)
            values = await find_page(room, session, member, held, box, untrusted_service=service)
        note_look(room, member, held)
        values["looking"] = _find_others(request, member, person_id)
        return house.pages.show(member, "talk.html", **values)

    @router.get("/people/{person_id}/lines")
    async def lines(request: Request, member: talk, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            values = await find_lines(room, session, member, held)
        note_look(room, member, held)
        values["looking"] = _find_others(request, member, person_id)
        return house.pages.show(member, "lines_part.html", **values)

    return router


def _writing(room: Room) -> APIRouter:
    router, house = APIRouter(), room.house
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.post("/people/{person_id}/send")
    async def send(
        request: Request, member: talk, person_id: uuid.UUID,
        line_id: Annotated[uuid.UUID, Form()],
        untrusted_words: Annotated[str, Form(alias="words")] = "",
    ) -> Response:  # fmt: skip
        box, values = Box(parse_text(untrusted_words), line_id), dict[str, Any]()
        by_script = request.headers.get("Accept") == "application/json"
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            box = await _send(house, session, member, held, box)
            if box.fault and not by_script:
                values = await find_page(room, session, member, held, box)
        if by_script:
            told = {"fault": box.fault, "line_id": str(box.line_id)}
            return JSONResponse(told, status_code=422 if box.fault else 200)
        if box.fault:
            note_look(room, member, held)
            return house.pages.show(member, "talk.html", status=422, **values)
        return RedirectResponse(f"/people/{person_id}#write", status_code=303)

    return router


async def _send(house: House, session: AsyncSession, member: Member, held: Held, box: Box) -> Box:
    """The box after sending: empty and with a fresh form, or as it was and with a fault."""
    text = box.untrusted_words
    if fault := find_fault(text):
        return Box(text, box.line_id, fault)
    if await send_words(house, session, member, held, box.line_id, text) is Sent.OTHER:
        return Box(text, fault=OTHER_WORDS)
    await forget_draft(session, held.person.id, member.id)
    return Box("")


def _find_others(request: Request, member: Member, person_id: uuid.UUID) -> list[str]:
    presence: Presence = request.app.state.presence
    return presence.others(person_id, member)
