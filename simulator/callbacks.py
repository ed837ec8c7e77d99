"""What Twilio tells the gateway of its own accord, signed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import httpx
from twilio.request_validator import RequestValidator

from simulator.account import Account
from simulator.carrier import Carrier, Message
from simulator.checks import PREFIX

CALLBACK_TRIES = 20


async def report(account: Account, carrier: Carrier, message: Message, url: str | None) -> None:
    """Take the message its way, and report each step to ``url``; one that is away gets it again."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        for status in _steps(message):
            message.status = status
            message.sent_at = message.sent_at or datetime.now(UTC)
            carrier.tell()
            if url is not None:
                await post_signed(client, account, url, _form(account, message))


def _steps(message: Message) -> Iterator[str]:
    """WhatsApp's own refusals come before anything is sent, a handset's after."""
    if message.error_code is not None and message.error_code >= 63000:
        yield "failed"
        return
    yield "sent"
    yield "delivered" if message.error_code is None else "undelivered"


def _form(account: Account, message: Message) -> dict[str, str]:
    form = {
        "AccountSid": account.sid,
        "ApiVersion": "2010-04-01",
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.receiver,
    }
    if message.receiver.startswith(PREFIX):
        form["ChannelPrefix"] = PREFIX.removesuffix(":")
    if message.error_code is not None and message.status in {"failed", "undelivered"}:
        form["ErrorCode"] = str(message.error_code)
    return form


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
