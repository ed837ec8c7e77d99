"""The console's shell: a door, and an empty room behind it."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from bot.settings import Secret

PAGES = Path(__file__).parent / "pages"
COOKIE = "staff"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build_app(sign_in_code: Secret) -> FastAPI:
    """The console for whoever holds ``sign_in_code``; sessions end with the process."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    session = secrets.token_urlsafe(32)

    @app.get("/")
    async def home(request: Request) -> Response:
        signed_in = hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), session.encode())
        page, status = ("home.html", 200) if signed_in else ("door.html", 401)
        return FileResponse(PAGES / page, status_code=status, headers=HEADERS)

    @app.get("/sign-in")
    async def sign_in(code: str = "") -> Response:
        right = bool(sign_in_code.reveal()) and hmac.compare_digest(
            code.encode(), sign_in_code.reveal().encode()
        )
        response = RedirectResponse("/", status_code=303, headers=HEADERS)
        if right:
            response.set_cookie(COOKIE, session, httponly=True, samesite="strict")
        return response

    @app.get("/console.css")
    async def style() -> Response:
        return FileResponse(PAGES / "console.css", headers=HEADERS)

    return app
