"""The part of Twilio's REST API that Waymark uses, checking what Twilio checks.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.responses import JSONResponse
from twilio.request_validator import RequestValidator

from channels.segments import count_segments
from simulator.account import Account
from simulator.carrier import Carrier, Message

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
LONGEST_BODY = 1600
CALLBACK_TRIES = 20


def routes(account: Account, carrier: Carrier) -> APIRouter:
    """The routes of the account's messages."""
    router = APIRouter(prefix="/2010-04-01/Accounts")

    @router.post("/{sid}/Messages.json")
    async def create(sid: str, request: Request, later: BackgroundTasks) -> JSONResponse:
        if refusal := _refuse(account, carrier, sid, request):
            return refusal
        form = {name: str(value) for name, value in (await request.form()).items()}
        if error := _find_error(account, carrier, form):
            return _error(*error)
        message = Message(account.number, form["To"], form["Body"], inbound=False)
        carrier.take(message)
        if callback := form.get("StatusCallback"):
            later.add_task(_call_back, account, carrier, message, callback)
        return JSONResponse(_describe(account, message), status_code=201)

    @router.get("/{sid}/Messages.json")
    async def find(sid: str, request: Request) -> JSONResponse:
        if refusal := _refuse(account, carrier, sid, request):
            return refusal
        found = [m for m in carrier.messages if _is_wanted(m, request.query_params)]
        return JSONResponse(_page([_describe(account, m) for m in reversed(found)]))

    return router


def _refuse(account: Account, carrier: Carrier, sid: str, request: Request) -> JSONResponse | None:
    if carrier.faults.next_statuses:
        status = carrier.faults.next_statuses.popleft()
        return _error(status, 20429 if status == 429 else 20500, "A fault on purpose")
    pair = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
    given = request.headers.get("Authorization", "")
    if sid != account.sid or not hmac.compare_digest(given.encode(), f"Basic {pair}".encode()):
        return _error(401, 20003, "Authenticate")
    return None


def _find_error(
    account: Account, carrier: Carrier, form: Mapping[str, str]
) -> tuple[int, int, str] | None:
    receiver = form.get("To", "")
    if not _E164.fullmatch(receiver):
        return 400, 21211, "Invalid 'To' Phone Number"
    if form.get("From") != account.number and not form.get("MessagingServiceSid"):
        return 400, 21606, "The 'From' phone number is not yours"
    if not form.get("Body"):
        return 400, 21602, "Message body is required"
    if len(form["Body"]) > LONGEST_BODY:
        return 400, 21617, "The concatenated message body exceeds the 1600 character limit"
    if receiver in carrier.opted_out:
        return 400, 21610, "Attempt to send to unsubscribed recipient"
    return None


def _is_wanted(message: Message, untrusted_query: Mapping[str, str]) -> bool:
    """Whether a list shows ``message``. Its dates are in UTC, whole seconds, and inclusive."""
    receiver, since = untrusted_query.get("To"), untrusted_query.get("DateSent>")
    if message.inbound or receiver not in {None, message.receiver}:
        return False
    return not since or message.sent_at >= datetime.fromisoformat(since).replace(tzinfo=UTC)


async def _call_back(account: Account, carrier: Carrier, message: Message, url: str) -> None:
    """Report the message's way, signed; a gateway that is away gets it again."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        for status in ("sent", "delivered"):
            message.status = status
            carrier.tell()
            form = {
                "AccountSid": account.sid,
                "ApiVersion": "2010-04-01",
                "From": message.sender,
                "MessageSid": message.sid,
                "MessageStatus": status,
                "SmsSid": message.sid,
                "SmsStatus": status,
                "To": message.receiver,
            }
            await post_signed(client, account, url, form)


async def post_signed(
    client: httpx.AsyncClient, account: Account, url: str, form: Mapping[str, str]
) -> int | None:
    """Post ``form`` as Twilio would; the last status, or ``None`` if nobody ever answered."""
    signature = RequestValidator(account.token).compute_signature(url, dict(form))
    for attempt in range(CALLBACK_TRIES):
        try:
            answer = await client.post(url, data=form, headers={"X-Twilio-Signature": signature})
            if answer.status_code < 500:
                return answer.status_code
        except httpx.TransportError:
            pass
        await asyncio.sleep(min(2.0, 0.1 * 2**attempt))
    return None


def _describe(account: Account, message: Message) -> dict[str, object]:
    sent_at = format_datetime(message.sent_at)
    path = f"/2010-04-01/Accounts/{account.sid}/Messages/{message.sid}.json"
    return {
        "account_sid": account.sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": sent_at,
        "date_sent": sent_at,
        "date_updated": sent_at,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": str(count_segments(message.body).count),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {},
        "to": message.receiver,
        "uri": path,
    }


def _page(messages: list[dict[str, object]]) -> dict[str, object]:
    return {"messages": messages, "next_page_uri": None, "page": 0, "page_size": len(messages)}


def _error(status: int, code: int, message: str) -> JSONResponse:
    more = f"https://www.twilio.com/docs/errors/{code}"
    content = {"code": code, "message": message, "more_info": more, "status": status}
    return JSONResponse(content, status_code=status)
