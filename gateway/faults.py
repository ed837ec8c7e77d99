"""Whatever goes wrong, a person sees a calm page with a way out, and a program a bare status."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from gateway.chat_page import Pages
from gateway.house import House
from gateway.shield import make_headers


def add_to(app: FastAPI, house: House) -> None:
    """Answer for every address that is none, and for every fault of ours."""
    pages = Pages(house.live_site, house.settings.public_url)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = _make(pages, request, error.status_code)
        response.headers.update(error.headers or {})
        return response

    async def broken(request: Request, _: Exception) -> Response:
        """Sent from outside the shield, so it brings the shield's headers itself."""
        response = _make(pages, request, 500)
        response.headers.update(make_headers(house.site.web, ()))
        return response

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, broken)


def _make(pages: Pages, request: Request, status: int) -> Response:
    if "text/html" not in request.headers.get("Accept", ""):
        return Response(status_code=status)
    word = "broken" if status >= 500 else "not_found"
    return pages.make("fault.html", pages.language(request), status=status, word=word)
