"""What the engine sends to the actions: the domain once, over a connection that stays open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.engine.inside import run_inside

LISTEN = {"events": [{"event": "action", "name": "action_listen"}], "responses": []}


class Actions(ThreadingHTTPServer):
    """Answers as the actions' SDK does: it keeps the domain it was told last, by its name.

    ``forgets_after``: calls after which it was started anew.
    """

    def __init__(self, answer: Any = LISTEN, forgets_after: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.forgets_after = answer, forgets_after
        self.known: str | None = None
        self.told: list[bool] = []
        self.connections: set[Any] = set()

    def take(self, call: dict[str, Any]) -> int:
        """The status to answer with."""
        self.told.append("domain" in call)
        if self.forgets_after and len(self.told) == self.forgets_after + 1:
            self.known = None
        if "domain" in call:
            assert call["domain"]["responses"]
            self.known = call["domain_digest"]
        return 200 if self.known == call["domain_digest"] else 449


class Handler(BaseHTTPRequestHandler):
    """One connection, as many calls as come."""

    protocol_version = "HTTP/1.1"
    server: Actions

    def do_POST(self) -> None:
        """Take one call."""
        self.server.connections.add(self.client_address)
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.take(call)
        body = json.dumps(self.server.answer if status == 200 else {"error": "no domain"}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def _serving(actions: Actions) -> Iterator[str]:
    Thread(target=actions.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{actions.server_port}/webhook"
    finally:
        actions.shutdown()
        actions.server_close()


def _call(actions: Actions, times: int) -> Any:
    with _serving(actions) as url:
        return run_inside("call_actions", {"url": url, "model": "of-today", "times": times})


def test_the_domain_is_told_once() -> None:
    actions = Actions()
    found = _call(actions, 3)
    assert found == {"answers": [["action"]] * 3, "failed": False, "away": False}
    assert actions.told == [False, True, False, False]
    assert len(actions.connections) == 1


def test_actions_that_began_anew_are_told_again() -> None:
    actions = Actions(forgets_after=3)
    found = _call(actions, 3)
    assert found == {"answers": [["action"]] * 3, "failed": False, "away": False}
    assert actions.told == [False, True, False, False, True]


def test_half_an_answer_fails_the_turn() -> None:
    found = _call(Actions(answer={"events": ["action_listen"]}), 1)
    assert found == {"answers": ["ValueError"], "failed": True, "away": False}
