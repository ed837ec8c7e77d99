"""Run the console until it is asked to stop."""

from __future__ import annotations

import os

import uvicorn

from bot.logs import start_logs
from bot.settings import load
from console.app import build_app
from console.house import build


def run() -> None:
    """Serve on loopback; a proxy in front brings the staff in."""
    settings = load(os.environ)
    uvicorn.run(
        build_app(build(settings)),
        host="127.0.0.1",
        port=settings.console_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    start_logs("console")
    run()
