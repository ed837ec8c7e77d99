"""The gateway's web application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError

from gateway import chat, faults, health, papers, provider, telegram, twilio
from gateway.errors import BodyRefused
from gateway.house import House
from gateway.hsds.app import PATH as HSDS
from gateway.hsds.app import build_hsds
from gateway.shield import Shield

log = structlog.get_logger()


def build_app(house: House) -> FastAPI:
    """Every public route, behind the same shield."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        listening = asyncio.create_task(house.news.listen())
        yield
        listening.cancel()
        await house.http.aclose()
        await house.database.dispose()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Shield, web=house.site.web)
    faults.add_to(app, house)
    app.add_exception_handler(BodyRefused, _too_large)
    app.add_exception_handler(SQLAlchemyError, _no_database)
    for room in (twilio, telegram, chat, papers, provider, health):
        app.include_router(room.routes(house))
    app.mount(HSDS, build_hsds(house))
    app.mount("/pages", StaticFiles(directory=chat.STATIC))
    return app


async def _too_large(_: Request, __: Exception) -> Response:
    return Response(status_code=413)


async def _no_database(_: Request, __: Exception) -> Response:
    """Not stored, so not taken: the vendor is told to bring it again."""
    log.error("database.away")
    return Response(status_code=503, headers={"Retry-After": "5"})
