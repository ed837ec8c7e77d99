"""A carrier that costs next to nothing: it takes replies as Twilio's REST API does, and says so.

Stands where Twilio stands, on the other side of the network, so it must not use up the
machine that is measured. The simulator is made for people to look at, not for this.
``python -m bench.turns.carrier_server PORT TOKEN`` serves until it is stopped.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from twilio.request_validator import RequestValidator

from simulator.account import ACCOUNT_SID

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class CarrierServer:
    """An ASGI application: POST takes a message, GET lists all of them, newest first."""

    def __init__(self, token: str) -> None:
        self._validator = RequestValidator(token)
        self._http = httpx.AsyncClient(trust_env=False, timeout=15)
        self._taken: list[dict[str, str]] = []
        self._reports: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "POST":
            await _answer(send, 201, self._take(await _read_form(receive)))
        else:
            await _answer(send, 200, {"messages": self._taken[::-1], "next_page_uri": None})

    def _take(self, form: dict[str, str]) -> dict[str, str]:
        message = {"sid": f"SM{secrets.token_hex(16)}", "to": form["To"], "body": form["Body"]}
        self._taken.append(message)
        if callback := form.get("StatusCallback"):
            report = asyncio.create_task(self._report(callback, message["sid"]))
            self._reports.add(report)
            report.add_done_callback(self._reports.discard)
        return message

    async def _report(self, url: str, sid: str) -> None:
        """Two signed callbacks, as Twilio sends them for a text that arrives."""
        for status in ("sent", "delivered"):
            form = {"AccountSid": ACCOUNT_SID, "MessageSid": sid, "MessageStatus": status}
            signature = self._validator.compute_signature(url, form)
            await self._http.post(url, data=form, headers={"X-Twilio-Signature": signature})


async def _read_form(receive: Receive) -> dict[str, str]:
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    return dict(parse_qsl(body.decode()))


async def _answer(send: Send, status: int, content: object) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})


if __name__ == "__main__":
    uvicorn.run(
        CarrierServer(sys.argv[2]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        lifespan="off",
        log_level="warning",
        access_log=False,
    )
