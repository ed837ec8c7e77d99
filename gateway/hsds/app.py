"""The interface as an application of its own: its own description, its own errors, no cookies."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.house import House
from gateway.hsds import organizations, places, services, taxonomies
from gateway.hsds.asking import Problem
from gateway.hsds.shelf import Shelf

PATH = "/hsds"
VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/latest/hsds/"

log = structlog.get_logger()


class About(BaseModel):
    """What this interface is."""

    version: str
    profile: str
    openapi_url: str


def build_hsds(house: House) -> ASGIApp:
    """The application to be put below :data:`PATH`."""
    app = FastAPI(
        title="Directory of services",
        version=VERSION,
        description="Read-only. Confidential places are not in it.",
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        responses={
            422: {"model": Problem, "description": "Something that was asked cannot be read."},
            503: {"model": Problem, "description": "The directory is away for a moment."},
        },
    )
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
    _add_errors(app)

    @app.get("/", response_model=About)
    async def about() -> About:
        where = f"{house.settings.public_url}{PATH}/openapi.json"
        return About(version=VERSION, profile=PROFILE, openapi_url=where)

    shelf = Shelf(house.sessions)
    for room in (services, organizations, places):
        app.include_router(room.routes(shelf))
    app.include_router(taxonomies.routes())
    return Shared(app, house)


class Shared:
    """Open while the site shares its directory; pages of others may read the answers."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app, self._house = app, house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say that there is nothing here."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        shared = self._house.site.directory.share
        app = self._app if shared else _problem(404, "This directory is not shared.")
        await app(scope, receive, dressed)


def _add_errors(app: FastAPI) -> None:
    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        response = _problem(error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    async def unreadable(_: Request, error: Exception) -> JSONResponse:
        """Says which, and never what was sent."""
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return _problem(422, f"{first['loc'][-1]}: {first['msg']}")

    async def away(_: Request, __: Exception) -> JSONResponse:
        log.error("database.away")
        response = _problem(503, "The directory is away for a moment. Please try again.")
        response.headers["Retry-After"] = "5"
        return response

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(SQLAlchemyError, away)
    app.add_exception_handler(OSError, away)


def _problem(status: int, error: str) -> JSONResponse:
    return JSONResponse({"error": error}, status)
