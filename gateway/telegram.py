"""Telegram's door: updates in.

https://core.telegram.org/bots/api#setwebhook: a request without our secret is refused before
anything of it is read. The answer may carry one call, so the gateway itself calls nobody.
"""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.store.inbox import save_inbound
from channels import telegram
from channels.errors import NotAMessage
from gateway.body import read_body
from gateway.house import House

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

log = structlog.get_logger()


def routes(house: House) -> APIRouter:
    """The route ``/telegram``."""
    router = APIRouter()

    @router.post("/telegram")
    async def update(request: Request) -> Response:
        if not _is_from_telegram(house, request):
            return Response(status_code=403)
        untrusted_body = await read_body(request)
        await _save(house, untrusted_body)
        call = telegram.decide_call(untrusted_body)
        return JSONResponse(call) if call else Response()

    return router


def _is_from_telegram(house: House, request: Request) -> bool:
    """A bot that polls has no secret, and so no door."""
    account = house.settings.telegram
    if account is None or account.polling:
        return False
    return telegram.verify(request.headers.get(SECRET, ""), account.secret.reveal())


async def _save(house: House, untrusted_body: bytes) -> None:
    """What is no message is taken calmly: refused, Telegram would bring it again and again."""
    try:
        message = telegram.parse(untrusted_body)
    except NotAMessage:
        return
    async with house.sessions.begin() as session:
        saved = await save_inbound(session, house.vault, message)
    log.info("message.taken" if saved else "message.known", channel=message.channel)
