"""The web chat: pages that work without script, and the doors that its script uses."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.wire.inbound import Inbound
from channels import web
from channels.errors import NotAMessage
from gateway import chat_around, chat_plain
from gateway.body import read_body, read_form
from gateway.chat_exit import WayOut, clear
from gateway.chat_page import Pages
from gateway.chat_session import find_talk, save_message
from gateway.chat_stream import parse_position, stream
from gateway.chat_token import give_cookie, is_from_our_page, parse_token, read_cookie, read_header
from gateway.chat_words import FOLDER
from gateway.errors import SessionEnded
from gateway.house import House

#: What browsers load beside the pages. The templates are not for them.
STATIC = FOLDER / "static"


def routes(house: House) -> APIRouter:
    """Everything that a browser asks for."""
    pages = Pages(house.live_site, house.settings.public_url)
    way_out = WayOut(house)
    router = APIRouter()
    router.include_router(chat_plain.routes(house, pages, way_out))
    router.include_router(chat_around.routes(house, pages))
    router.include_router(_script_routes(house, way_out), prefix="/chat")
    return router


def _script_routes(house: House, way_out: WayOut) -> APIRouter:
    """A token in the header opens these; without one, or from another site, they are shut."""
    router = APIRouter()

    @router.post("/messages")
    async def say(request: Request) -> Response:
        token = read_header(request)
        if token is None or not is_from_our_page(request):
            return Response(status_code=403)
        try:
            message = web.parse(await read_body(request), token)
            return await _take(house, way_out, message)
        except NotAMessage:
            return Response(status_code=400)
        except SessionEnded:
            return Response(status_code=410)

    @router.post("/exit")
    async def leave(request: Request) -> Response:
        form = await read_form(request)
        token = read_header(request) or parse_token(form.get("session"))
        if token is None or not is_from_our_page(request):
            return Response(status_code=403)
        await way_out.end(token, read_cookie(request))
        return clear(Response(status_code=204))

    @router.post("/remember")
    async def remember(request: Request) -> Response:
        token = read_header(request)
        if token is None or not is_from_our_page(request):
            return Response(status_code=403)
        return await _remember(house, token)

    @router.get("/events")
    async def events(request: Request) -> Response:
        token = read_header(request)
        if token is None:
            return Response(status_code=403)
        return await _open_stream(house, request, token)

    return router


async def _take(house: House, way_out: WayOut, message: Inbound) -> Response:
    """202 once it is stored; ``leave`` tells the page that the person wrote an exit word."""
    leaves = way_out.is_exit(message.untrusted_text)
    if leaves:
        await way_out.end(message.untrusted_address)
    else:
        await save_message(house, message)
    response = JSONResponse({"leave": leaves}, status_code=202)
    return clear(response) if leaves else response


async def _remember(house: House, token: str) -> Response:
    """The cookie, for who has agreed to be remembered and for nobody else."""
    try:
        talk = await find_talk(house, token, 0)
    except SessionEnded:
        return Response(status_code=410)
    response = Response(status_code=204)
    if talk and talk.remembers:
        give_cookie(response, token, secure=house.settings.public_url.startswith("https://"))
    return response


async def _open_stream(house: House, request: Request, token: str) -> Response:
    """404 for a stranger: there is nothing to hear before something was said."""
    after = parse_position(request.headers.get("Last-Event-ID"))
    try:
        talk = await find_talk(house, token, after)
    except SessionEnded:
        return Response(status_code=410)
    if talk is None:
        return Response(status_code=404)
    has_cookie = read_cookie(request) == token
    return StreamingResponse(
        stream(house, token, talk.person_id, after, has_cookie=has_cookie),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )
