"""The part of Twilio's REST API that Waymark texts through, checking what Twilio checks.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from bot.wire.segments import count_segments
from simulator.account import TEMPLATE_WORDS, Account
from simulator.answers import LostAnswer, error, not_found, refuse
from simulator.callbacks import report
from simulator.carrier import Carrier, Message
from simulator.checks import PREFIX, find_error
from simulator.plan import TooFast
from simulator.records import describe, find_page

#: A message in one of these states is still Twilio's business and cannot be deleted.
UNFINISHED = frozenset({"queued", "sending"})


def routes(account: Account, carrier: Carrier) -> APIRouter:
    """The routes of the account's messages."""
    router = APIRouter(prefix="/2010-04-01/Accounts/{account_sid}")

    @router.post("/Messages.json")
    async def create(request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        await asyncio.sleep(carrier.plan.slow)
        return refuse(account, carrier, request) or _create(account, carrier, form)

    @router.get("/Messages.json")
    async def find(request: Request) -> Response:
        refusal = refuse(account, carrier, request)
        return refusal or JSONResponse(find_page(account, carrier.messages, request.query_params))

    @router.delete("/Messages/{sid}.json")
    async def delete(sid: str, request: Request) -> Response:
        return refuse(account, carrier, request) or _delete(carrier, sid)

    return router


def _create(account: Account, carrier: Carrier, form: Mapping[str, str]) -> Response:
    if refusal := find_error(account, carrier, form):
        return error(*refusal)
    message = _write(account, form)
    segments = 1 if _is_whatsapp(message) else count_segments(message.body).count
    too_fast = carrier.is_too_fast(message.sender, segments)
    if too_fast and carrier.plan.too_fast is TooFast.REFUSED:
        return error(429, 20429, "Too Many Requests")
    message.error_code = 30001 if too_fast else _find_failure(carrier, form, message)
    carrier.take(message)
    described = describe(account, message)
    way = BackgroundTask(report, account, carrier, message, form.get("StatusCallback"))
    if carrier.plan.lost_answers:
        carrier.plan.lost_answers -= 1
        return LostAnswer(described, way)
    return JSONResponse(described, status_code=201, background=way)


def _write(account: Account, form: Mapping[str, str]) -> Message:
    on_whatsapp = form["To"].startswith(PREFIX)
    return Message(
        sender=f"{PREFIX}{account.number}" if on_whatsapp else account.number,
        receiver=form["To"],
        body=TEMPLATE_WORDS if form.get("ContentSid") else form["Body"],
        inbound=False,
        words_kept=form.get("ContentRetention") != "discard",
        number_kept=form.get("AddressRetention") != "obfuscate",
    )


def _find_failure(carrier: Carrier, form: Mapping[str, str], message: Message) -> int | None:
    """The code with which the message will fail on its way, if it will."""
    free_text = _is_whatsapp(message) and "ContentSid" not in form
    if free_text and not carrier.is_window_open(message.receiver):
        return 63016
    return carrier.plan.undelivered.pop(0) if carrier.plan.undelivered else None


def _is_whatsapp(message: Message) -> bool:
    return message.receiver.startswith(PREFIX)


def _delete(carrier: Carrier, sid: str) -> Response:
    message = carrier.find(sid)
    if message is None:
        return not_found()
    if message.status in UNFINISHED:
        return error(409, 20009, "Cannot delete this resource before it is complete")
    message.deleted = True
    return Response(status_code=204)
