"""``GET /health``: whether every part is there, for machines that watch."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway.house import House

#: A worker that has not shown itself for this many seconds is missing.
_WORKER = text(
    "SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => 10)"
)


def routes(house: House) -> APIRouter:
    """The route of the health check."""
    router = APIRouter()

    @router.get("/health")
    async def health() -> JSONResponse:
        database, worker, engine, actions = await asyncio.gather(
            _query(house, text("SELECT 1")),
            _query(house, _WORKER),
            _get(house, f"http://127.0.0.1:{house.settings.engine_port}/webhooks/turn/"),
            _get(house, f"http://127.0.0.1:{house.settings.actions_port}/health"),
        )
        parts = {"engine": engine, "actions": actions, "database": database, "worker": worker}
        healthy = all(parts.values())
        told = {part: "ok" if there else "missing" for part, there in parts.items()}
        return JSONResponse(
            {"status": "ok" if healthy else "degraded", **told}, status_code=200 if healthy else 503
        )

    return router


async def _query(house: House, question: object) -> bool:
    try:
        async with house.sessions() as session:
            return bool(await session.scalar(question))  # type: ignore[call-overload]
    except (SQLAlchemyError, OSError):
        return False


async def _get(house: House, url: str) -> bool:
    try:
        return (await house.http.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
