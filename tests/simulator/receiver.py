"""Stands where the gateway does: takes webhooks and keeps them for the test to read."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

from tests.serving import serving


@dataclass(frozen=True)
class Webhook:
    """One request that was brought."""

    url: str
    form: dict[str, str]
    signature: str


class Receiver:
    """``answers`` are the HTTP statuses of the next answers; after them all is well."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: deque[int] = deque()
        self._taken: queue.Queue[Webhook] = queue.Queue()

    def take(self, webhook: Webhook) -> int:
        """Keep ``webhook``, and decide the status of its answer."""
        self._taken.put(webhook)
        return self.answers.popleft() if self.answers else 200

    def next(self) -> Webhook:
        """The next webhook. Fails the test when none is brought."""
        return self._taken.get(timeout=10)

    def is_empty(self) -> bool:
        """Whether every webhook was read."""
        return self._taken.empty()


@contextmanager
def receive() -> Iterator[Receiver]:
    """A receiver that listens."""
    with serving() as server:
        receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = _handler(receiver)
        yield receiver


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
            signature = self.headers.get("X-Twilio-Signature", "")
            self.send_response(receiver.take(Webhook(receiver.url + self.path, form, signature)))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
