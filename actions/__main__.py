"""Serve the actions on loopback, to whoever holds the engine's token."""

from __future__ import annotations

import hmac
import os

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.response import HTTPResponse, empty

from actions.house import house
from bot.logs import start_logs
from bot.settings import Settings, load


def build_app(settings: Settings) -> Sanic:
    """The SDK's application behind a door. Raises ``ValueError`` without a token."""
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor)
    expected = f"Bearer {settings.engine_token.reveal()}".encode()
    if expected == b"Bearer ":
        raise ValueError("WAYMARK_ENGINE_TOKEN is empty: the actions never stand open.")

    @app.on_request
    async def check_token(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "").encode()
        if request.path == "/health" or hmac.compare_digest(given, expected):
            return None
        return empty(status=403)

    return app


def run() -> None:
    """One process; it ends on SIGTERM."""
    settings = load(os.environ)
    house().find_places("")
    build_app(settings).run(
        host="127.0.0.1",
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    start_logs("actions")
    run()
