"""The chat as plain pages: a form goes in, a whole page comes back. No script is needed."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError

from channels import web
from channels.errors import NotAMessage
from gateway.body import read_form
from gateway.chat_exit import WayOut, clear
from gateway.chat_page import Pages, Scene, find_bubbles
from gateway.chat_session import Talk, find_talk, save_message
from gateway.chat_stream import parse_position
from gateway.chat_token import (
    COOKIE,
    drop_cookie,
    give_cookie,
    is_from_our_page,
    parse_token,
    read_cookie,
)
from gateway.chat_wait import wait_for_answer
from gateway.errors import SessionEnded
from gateway.house import House


def routes(house: House, pages: Pages, way_out: WayOut) -> APIRouter:
    """``/``, the same for partners' frames at ``/framed``, and ``/leave``."""
    router = APIRouter()
    plain = Plain(house, pages, way_out)
    router.add_api_route("/", plain.show, methods=["GET"])
    router.add_api_route("/", plain.take, methods=["POST"])
    if house.site.web.partners:
        router.add_api_route("/framed", plain.show, methods=["GET"])
        router.add_api_route("/framed", plain.take, methods=["POST"])

    @router.post("/leave")
    async def leave(request: Request) -> Response:
        form = await read_form(request)
        return await plain.leave(parse_token(form.get("session")), read_cookie(request))

    return router


class Plain:
    """Answers the chat's plain forms."""

    def __init__(self, house: House, pages: Pages, way_out: WayOut) -> None:
        self._house, self._pages, self._way_out = house, pages, way_out
        self._secure = house.settings.public_url.startswith("https://")

    async def show(self, request: Request) -> Response:
        """An empty page for a new visitor; the running talk for who agreed to be remembered."""
        token, path = read_cookie(request), request.url.path
        language = self._pages.language(request)
        talk = await self._find_remembered(token) if token else None
        if token and talk:
            return self._pages.chat(_scene(token, talk), language, path=path)
        response = self._pages.chat(Scene(), language, path=path)
        if COOKIE in request.cookies:
            drop_cookie(response)
        return response

    async def take(self, request: Request) -> Response:
        """Take what the form says, wait a little for the answer, and show the talk."""
        form = await read_form(request)
        token, language = parse_token(form.get("session")), self._language(request, form)
        if token is None or not is_from_our_page(request):
            return self._pages.chat(Scene(), language, path=request.url.path)
        said = "" if "speak" in form or "again" in form else form.get("choice") or form.get("text")
        if said and self._way_out.is_exit(said):
            return await self.leave(token, read_cookie(request))
        try:
            return await self._answer(request, form, token, said or "")
        except SessionEnded:
            scene = Scene(notice="start_over")
            return clear(self._pages.chat(scene, language, path=request.url.path))
        except (SQLAlchemyError, OSError):
            scene = Scene(token, bool(form.get("after")), notice="not_sent", draft=said or "")
            return self._pages.chat(scene, language, path=request.url.path, status=503)

    async def leave(self, *tokens: str | None) -> Response:
        """Elsewhere at once, with the sessions of ``tokens`` ended."""
        await self._way_out.end(*tokens)
        return clear(RedirectResponse(self._house.site.web.away, status_code=303))

    async def _answer(
        self, request: Request, form: dict[str, str], token: str, said: str
    ) -> Response:
        before = parse_position(form.get("after"))
        if said:
            await self._save(form, token)
        talk = await find_talk(self._house, token, 0)
        if talk is None:
            return self._pages.chat(
                Scene(token), self._language(request, form), path=request.url.path
            )
        await wait_for_answer(self._house, talk.person_id)
        talk = await find_talk(self._house, token, 0) or talk
        language = self._language(request, form, talk)
        response = self._pages.chat(
            _scene(token, talk, said, before), language, path=request.url.path
        )
        if talk.remembers:
            give_cookie(response, token, secure=self._secure)
        elif COOKIE in request.cookies:
            drop_cookie(response)
        return response

    async def _find_answered(self, token: str) -> Talk | None:
        talk = await find_talk(self._house, token, 0)
        if talk is None:
            return None
        await wait_for_answer(self._house, talk.person_id)
        return await find_talk(self._house, token, 0)

    async def _save(self, form: dict[str, str], token: str) -> None:
        """A form without a proper id is none of ours, so nothing of it is taken."""
        try:
            await save_message(self._house, web.parse_form(form, token))
        except NotAMessage:
            return

    async def _find_remembered(self, token: str) -> Talk | None:
        try:
            talk = await find_talk(self._house, token, 0)
        except (SessionEnded, SQLAlchemyError, OSError):
            return None
        return talk if talk and talk.remembers else None

    def _language(self, request: Request, form: dict[str, str], talk: Talk | None = None) -> str:
        """A button decides; else the talk's own language; else what the page was in."""
        spoken = form.get("speak") or (talk.language if talk else None) or form.get("lang")
        return self._pages.language(request, spoken)


def _scene(token: str, talk: Talk, said: str = "", before: int = 0) -> Scene:
    after = max((shown.position for shown in talk.replies), default=before)
    notice = "nothing_yet" if after <= before else None
    return Scene(token, True, after, find_bubbles(talk, said, before), notice)
