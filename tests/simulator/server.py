"""One port for all tests of this room; behind it each test puts a simulator of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send


class Door:
    """Leads every request to the application that stands behind it now."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.app = FastAPI()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self.app(scope, receive, send)


class _Server(uvicorn.Server):
    """Stops when it is told to; uvicorn itself looks ten times a second, a hundred tests long."""

    async def main_loop(self) -> None:
        while not self.should_exit:
            await asyncio.sleep(0.01)


@contextmanager
def open_door() -> Iterator[Door]:
    """A real server. Connections are taken from the first moment, so nobody has to wait."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        door = Door(f"http://127.0.0.1:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            door, lifespan="off", log_level="critical", timeout_graceful_shutdown=0
        )
        server = _Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield door
        finally:
            server.should_exit = True
            thread.join()
