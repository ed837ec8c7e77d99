"""Headers that every public answer carries, so that a page leaves no trace and runs no guest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.site_web import SiteWeb, find_origin

#: The one path that the site's partners may show in a frame.
FRAMED = "/framed"

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: A year: https://www.rfc-editor.org/rfc/rfc6797. Browsers ignore it on an unencrypted page.
_ENCRYPTED_ONLY = "max-age=31536000"


class Shield:
    """Adds the headers to every answer, errors included."""

    def __init__(self, app: ASGIApp, web: SiteWeb) -> None:
        self._app = app
        self._usual = make_headers(web, ())
        self._framed = make_headers(web, web.partners)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; dress the start of the answer."""
        chosen = self._framed if scope.get("path") == FRAMED else self._usual

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in chosen.items():
                    headers[name] = value
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        await self._app(scope, receive, dressed)


def make_headers(web: SiteWeb, partners: Sequence[str]) -> Mapping[str, str]:
    """The headers of a page that ``partners`` may frame; the way out must stay open."""
    ancestors = " ".join(partners) or "'none'"
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        f" img-src data:; form-action 'self' {find_origin(web.away)}; base-uri 'none';"
        f" frame-ancestors {ancestors}"
    )
    return {
        **_HEADERS,
        "Content-Security-Policy": policy,
        "Strict-Transport-Security": _ENCRYPTED_ONLY,
    }
