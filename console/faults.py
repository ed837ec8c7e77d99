"""What is shown instead of a page: calm, and without a word of content."""

from __future__ import annotations

from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from console.errors import FactorMissing, Forged, NotAllowed, NotFresh, NotSignedIn
from console.house import House

log = structlog.get_logger()

_SENTENCES = {
    403: "This form is too old, or came from elsewhere. Go back, load the page again, and retry.",
    404: "There is nothing here for you. If a conversation was here, it has ended.",
    413: (
        "That is too much at once. Nothing was kept. A form may have 256 KB, a pack 50 MB, a "
        "package of the directory 20 MB; a larger one is taken in with: waymark directory import"
    ),
    422: "Something in this form is missing or not as it should be. Go back and look again.",
    503: "The database does not answer. Nothing was changed. Try again in a moment.",
}


def add_to(app: FastAPI, house: House) -> None:
    """Every error has a page; what nobody foresaw has one too."""

    def show(status: int) -> Response:
        sentence = _SENTENCES.get(status, "This did not work. Try again.")
        return house.pages.show(None, "fault.html", status=status, sentence=sentence)

    async def to_door(request: Request, _: Exception) -> Response:
        return RedirectResponse("/sign-in", status_code=303)

    async def second(_: Request, __: Exception) -> Response:
        return RedirectResponse("/second", status_code=303)

    async def again(request: Request, _: Exception) -> Response:
        back = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/again?to={quote(back)}", status_code=303)

    async def closed(_: Request, __: Exception) -> Response:
        return show(404)

    async def forged(_: Request, __: Exception) -> Response:
        return show(403)

    async def other(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return show(error.status_code)

    async def incomplete(_: Request, __: Exception) -> Response:
        return show(422)

    async def no_database(_: Request, error: Exception) -> Response:
        log.error("database.away", error=type(error).__name__)
        return show(503)

    app.add_exception_handler(NotSignedIn, to_door)
    app.add_exception_handler(FactorMissing, second)
    app.add_exception_handler(NotFresh, again)
    app.add_exception_handler(NotAllowed, closed)
    app.add_exception_handler(Forged, forged)
    app.add_exception_handler(HTTPException, other)
    app.add_exception_handler(RequestValidationError, incomplete)
    app.add_exception_handler(SQLAlchemyError, no_database)
