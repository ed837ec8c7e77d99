"""The phone on the page: texts go out as Twilio would bring them, replies come in live."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field

from bot.wire.segments import count_segments
from simulator.account import Account
from simulator.callbacks import post_signed
from simulator.carrier import Carrier, Message, describe_size, find_carrier_word
from simulator.checks import PREFIX

PAGES = Path(__file__).parent / "pages"
_DEMO_NUMBER = re.compile(r"(?:whatsapp:)?\+150355501[0-9]{2}")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " connect-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class Text(BaseModel):
    """What somebody types on the page; ``button`` and ``place`` only exist on WhatsApp."""

    number: str = Field(max_length=25)
    body: str = Field(max_length=20_000)
    media: int = Field(default=0, ge=0, le=10)
    button: str = Field(default="", max_length=20)
    place: bool = False


def routes(account: Account, carrier: Carrier) -> APIRouter:
    """The page and what it needs."""
    router = APIRouter()

    @router.get("/")
    async def page() -> Response:
        return FileResponse(PAGES / "phone.html", headers=HEADERS)

    @router.get("/phone.{kind}")
    async def part(kind: str) -> Response:
        if kind not in {"css", "js"}:
            return Response(status_code=404)
        return FileResponse(PAGES / f"phone.{kind}", headers=HEADERS)

    @router.post("/texts")
    async def send(text: Text) -> Response:
        if not _DEMO_NUMBER.fullmatch(text.number):
            return Response(status_code=400)
        prefix = PREFIX if text.number.startswith(PREFIX) else ""
        message = Message(text.number, f"{prefix}{account.number}", text.body, inbound=True)
        carrier.take(message)
        status = await _bring(account, message, {**_more(text), **_opt_out(carrier, text)})
        message.status = "delivered" if status == httpx.codes.OK else "failed"
        carrier.tell()
        return Response(status_code=202 if status == httpx.codes.OK else 502)

    @router.get("/texts/{number}")
    async def texts(number: str, request: Request) -> Response:
        return StreamingResponse(_watch(carrier, number), media_type="text/event-stream")

    return router


def _more(text: Text) -> dict[str, str]:
    """The fields that not every message has."""
    more = {"NumMedia": str(text.media)}
    if text.button:
        more |= {"ButtonText": text.button, "ButtonPayload": "1"}
    if text.place:
        more |= {"Latitude": "44.5646", "Longitude": "-123.2620"}
    return more


def _opt_out(carrier: Carrier, text: Text) -> dict[str, str]:
    """Advanced Opt-Out says what it has answered by itself."""
    word = find_carrier_word(text.body) if carrier.plan.advanced_opt_out else None
    return {"OptOutType": word} if word else {}


async def _bring(account: Account, message: Message, more: dict[str, str]) -> int | None:
    """Bring a text to the gateway, signed, with the fields that Twilio sends."""
    form = {
        "AccountSid": account.sid,
        "ApiVersion": "2010-04-01",
        "Body": message.body,
        "From": message.sender,
        "MessageSid": message.sid,
        "NumSegments": str(count_segments(message.body).count),
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.receiver,
        **_origin(message),
        **more,
    }
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        return await post_signed(client, account, f"{account.gateway}/twilio/inbound", form)


def _origin(message: Message) -> dict[str, str]:
    """Where a message comes from, as far as its channel tells."""
    if message.sender.startswith(PREFIX):
        return {"ProfileName": "A person", "WaId": message.sender.removeprefix(f"{PREFIX}+")}
    return {"FromCountry": "US", "ToCountry": "US"}


async def _watch(carrier: Carrier, number: str) -> AsyncIterator[str]:
    event = carrier.watch()
    try:
        while True:
            shown = [_show(m) for m in carrier.messages if number in {m.sender, m.receiver}]
            yield f"data: {json.dumps(shown)}\n\n"
            await event.wait()
            event.clear()
            await asyncio.sleep(0.05)  # several changes at once make one picture
    finally:
        carrier.unwatch(event)


def _show(message: Message) -> dict[str, object]:
    shown = {"sid": message.sid, "mine": message.inbound, "body": message.body}
    return {**shown, "status": message.status, **describe_size(message.body)}
