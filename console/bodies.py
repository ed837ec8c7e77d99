"""How much anybody may send at once."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.directory.unpacking import SENT
from bot.packs import limits

#: Bytes. The longest form of ours, in any script, stays well below.
LARGEST = 256 * 1024
#: Bytes, for the addresses that take a file beside their form. Each of them has to find out who
#: asks before it reads: a route that declares its form would have it read before its guard.
LARGER: Mapping[str, int] = {
    "/pack/look": LARGEST + limits.PACKED,
    "/directory/import": LARGEST + SENT,
}


class Bounded:
    """Stops reading what is too long, whatever length it claims to have."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and count."""
        most = LARGER.get(scope.get("path", ""), LARGEST)
        # What says of itself that it is too long is not even begun with.
        read = claim if (claim := _find_claim(scope)) > most else 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, bounded, send)


def _find_claim(scope: Scope) -> int:
    """Bytes that are announced, 0 when nothing is."""
    claim = Headers(scope=scope).get("Content-Length", "") if scope["type"] == "http" else ""
    return int(claim) if claim.isascii() and claim.isdigit() else 0
