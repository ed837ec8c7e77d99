"""How Twilio's REST API answers: refusals with its own codes, and answers that get lost."""

from __future__ import annotations

import base64
import hmac

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask
from starlette.types import Receive, Scope, Send

from simulator.account import Account
from simulator.carrier import Carrier


def refuse(account: Account, carrier: Carrier, request: Request) -> JSONResponse | None:
    """An answer for whoever is not let in, or whom the plan refuses."""
    if carrier.plan.next_statuses:
        status = carrier.plan.next_statuses.pop(0)
        return error(status, _code(status), "A fault on purpose")
    pair = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
    given = request.headers.get("Authorization", "")
    named = request.path_params.get("account_sid", account.sid)
    if named != account.sid or not hmac.compare_digest(given.encode(), f"Basic {pair}".encode()):
        return error(401, 20003, "Authenticate")
    return None


def _code(status: int) -> int:
    """What Twilio would say with a planned status."""
    if status == 429:
        return 20429
    return 20500 if status >= 500 else 20001


def error(status: int, code: int, message: str) -> JSONResponse:
    """A refusal as Twilio words it: https://www.twilio.com/docs/usage/twilios-response"""
    more = f"https://www.twilio.com/docs/errors/{code}"
    content = {"code": code, "message": message, "more_info": more, "status": status}
    return JSONResponse(content, status_code=status)


def not_found() -> JSONResponse:
    """There is no such thing in this account."""
    return error(404, 20404, "The requested resource was not found")


class LostAnswer(JSONResponse):
    """The line breaks after the first words of an answer."""

    def __init__(self, content: object, background: BackgroundTask | None = None) -> None:
        super().__init__(content, status_code=201, background=background)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The body never comes, so the server closes the line."""
        start = {"type": "http.response.start", "status": 201, "headers": self.raw_headers}
        await send(start)
        if self.background is not None:
            await self.background()
