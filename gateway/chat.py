"""The web chat: a page, messages in, replies out as server-sent events.

A session is a random cookie that lives as long as the browser's window; its
keyed hash is the person. Nothing else tells two visitors apart.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeGuard

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from bot.store import outbox, people
from bot.store.inbox import save_inbound
from bot.store.sealed import open_person
from bot.wire.inbound import Inbound
from channels import web
from channels.errors import NotAMessage
from gateway.body import read_body
from gateway.house import House

PAGES = Path(__file__).parent / "pages"
COOKIE = "chat"
CHANNEL = "web"


def routes(house: House) -> APIRouter:
    """The page and its routes."""
    router = APIRouter()

    @router.get("/")
    async def page(request: Request) -> FileResponse:
        response = FileResponse(PAGES / "chat.html", media_type="text/html")
        if COOKIE not in request.cookies:
            _give_cookie(house, response)
        return response

    @router.post("/chat/messages")
    async def say(request: Request) -> Response:
        token = request.cookies.get(COOKIE)
        if not _is_token(token) or not _is_from_our_page(request):
            return Response(status_code=403)
        try:
            message = web.parse(await read_body(request), token)
        except NotAMessage:
            return Response(status_code=400)
        async with house.sessions.begin() as session:
            await save_inbound(session, house.vault, message)
        return Response(status_code=202)

    @router.post("/chat/exit")
    async def leave(request: Request) -> Response:
        token = request.cookies.get(COOKIE)
        if not _is_token(token) or not _is_from_our_page(request):
            return Response(status_code=403)
        async with house.sessions.begin() as session:
            await save_inbound(
                session, house.vault, Inbound(CHANNEL, str(uuid.uuid4()), token, "EXIT")
            )
        response = Response(status_code=204)
        response.delete_cookie(COOKIE)
        return response

    @router.get("/chat/events")
    async def events(request: Request) -> Response:
        token = request.cookies.get(COOKIE)
        if not _is_token(token):
            return Response(status_code=403)
        after = _parse_position(request.headers.get("Last-Event-ID"))
        return StreamingResponse(
            _replies(house, token, after),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return router


def _give_cookie(house: House, response: Response) -> None:
    response.set_cookie(
        COOKIE,
        secrets.token_urlsafe(32),
        httponly=True,
        samesite="strict",
        secure=house.settings.public_url.startswith("https://"),
    )


def _is_token(token: str | None) -> TypeGuard[str]:
    return token is not None and 40 <= len(token) <= 64 and token.isascii()


def _is_from_our_page(request: Request) -> bool:
    """Browsers say where a request comes from; another site may not speak for a person."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _parse_position(untrusted_id: str | None) -> int:
    return int(untrusted_id) if untrusted_id and untrusted_id.isdecimal() else 0


async def _replies(house: House, token: str, after: int) -> AsyncIterator[str]:
    """Every reply beyond position ``after``, then each new one as it comes."""
    person_id = await _person(house, token)
    async for _ in house.news.wait(str(person_id)):
        found = await _find_replies(house, person_id, after)
        if found is None:
            return
        for position, event in found:
            after = position
            yield event
        if not found:
            yield ": still here\n\n"


async def _person(house: House, token: str) -> uuid.UUID:
    async with house.sessions.begin() as session:
        return (await people.save_person(session, house.vault, CHANNEL, token)).id


async def _find_replies(
    house: House, person_id: uuid.UUID, after: int
) -> list[tuple[int, str]] | None:
    """``None`` once the person is forgotten: the page asks anew and is a stranger again."""
    async with house.sessions() as session:
        person = await people.get_person(session, person_id)
        if person is None:
            return None
        key = open_person(house.vault, person)
        rows = await outbox.find_shown(session, person_id, after)
        return [
            (row.position, _event(row.position, web.render(outbox.open_reply(key, row))))
            for row in rows
        ]


def _event(position: int, content: dict[str, object]) -> str:
    return f"event: reply\nid: {position}\ndata: {json.dumps(content)}\n\n"
