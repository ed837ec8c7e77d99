"""The fake Telegram as a server, and the way an update takes to a webhook."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.fakes.telegram import TOKEN, Telegram
from tests.fakes.telegram_chats import Refusal
from tests.plain import PLAIN
from tests.serving import serving

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


class TelegramServer:
    """Telegram at an address of its own."""

    def __init__(self, api_base: str) -> None:
        self.api_base = api_base
        self.telegram = Telegram()
        self.closing = threading.Event()

    def bring(self, url: str, secret: str, update: object) -> httpx.Response:
        """Bring an update to a webhook, and make the call that its answer asks for."""
        answer = httpx.post(
            url,
            json=update,
            headers={SECRET_HEADER: secret},
            trust_env=False,
            verify=PLAIN,
            timeout=30,
        )
        if answer.is_success and answer.content:
            call = answer.json()
            self.telegram.call(call.pop("method"), call)
        return answer


@contextmanager
def open_telegram() -> Iterator[TelegramServer]:
    """A Telegram that listens on loopback."""
    with serving() as server:
        telegram = TelegramServer(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = _handler(telegram)
        try:
            yield telegram
        finally:
            telegram.closing.set()


def _handler(server: TelegramServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                method = _authorised(self.path)
                fields = _read_fields(self.path, self.headers.get("Content-Type", ""), body)
                result, fault = server.telegram.call(method, fields)
            except Refusal as refusal:
                self._answer(refusal.status, refusal.to_json())
                return
            if fault.dropped:
                self.close_connection = True
                return
            server.closing.wait(fault.seconds)
            self._answer(200, {"ok": True, "result": result})

        def do_GET(self) -> None:
            self.do_POST()

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def _authorised(path: str) -> str:
    """The method that is called. Telegram looks at the token before anything else."""
    match = re.fullmatch(r"/bot([^/]+)/(\w+)", urlsplit(path).path)
    if match is None or not _TOKEN.fullmatch(match[1]):
        raise Refusal(404, "Not Found")
    if match[1] != TOKEN:
        raise Refusal(401, "Unauthorized")
    return match[2]


def _read_fields(path: str, kind: str, body: bytes) -> dict[str, Any]:
    """Telegram takes a call's fields in the address, as a form, and as JSON."""
    fields: dict[str, Any] = dict(parse_qsl(urlsplit(path).query))
    if kind.startswith("application/json"):
        try:
            fields |= json.loads(body)
        except (ValueError, TypeError):
            raise Refusal(400, "Bad Request: can't parse JSON object") from None
    else:
        fields |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return fields
