"""Where the engine would be: it answers each turn as told to, and knows what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from bot.wire.turns import Command, Reply, TurnAnswer, TurnRequest
from tests.serving import serving


def snapshot(**slots: Any) -> dict[str, Any]:
    """A talk with these slots; with ``requested_slot`` a question is open."""
    loop = "help_form" if slots.get("requested_slot") else None
    return {"version": 1, "slots": slots, "loop": loop, "events": []}


class EngineDoor:
    """Answers of the engine, one a call, and echoes after that."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[TurnRequest] = []
        self.loaded: list[str] = []
        self.read: list[str] = []
        self.ranking: list[dict[str, Any]] = []
        self.answers: list[TurnAnswer] = []
        self.status = 200

    def will_answer(self, *replies: str, commands: Sequence[Command] = (), **slots: Any) -> None:
        """What the next call is answered with; ``slots`` are what the engine keeps then."""
        self.answers.append(
            TurnAnswer([Reply(text) for text in replies], commands, snapshot(**slots))
        )

    def answer(self, request: TurnRequest) -> TurnAnswer:
        """One turn."""
        self.asked.append(request)
        plain = TurnAnswer([Reply(f"heard {request.payload}")], [], snapshot())
        return self.answers.pop(0) if self.answers else plain


@contextmanager
def open_engine() -> Iterator[EngineDoor]:
    """An engine's door on loopback."""
    with serving() as server:
        door = EngineDoor(server.server_port)
        server.RequestHandlerClass = _handler(door)
        yield door


def _handler(door: EngineDoor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body: dict[str, Any] = json.loads(
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
            )
            if self.path.endswith("/load"):
                door.loaded += [body["model"]] if door.status == HTTPStatus.OK else []
                answer = b'{"status": "ok"}'
            elif self.path.endswith("/understand"):
                door.read.append(body["text"])
                answer = json.dumps({"ranking": door.ranking, "pieces": []}).encode()
            else:
                answer = json.dumps(door.answer(TurnRequest.from_json(body)).to_json()).encode()
            self.send_response(door.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
