"""A visitor of the web chat for tests: a page's token, messages in, events out."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import Any

import httpx

from bot.settings import Settings
from tests.phone import wait_until_quiet
from tests.plain import PLAIN

_FIELD = re.compile(r'name="session" value="([^"]+)"')


class Visitor:
    """One browser window. It sends the token of its page, as the page's script does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        base = f"http://127.0.0.1:{settings.port}"
        self.http = httpx.Client(base_url=base, trust_env=False, verify=PLAIN, timeout=30)
        page = self.http.get("/").raise_for_status()
        self.token = find_token(page.text)
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self._after = 0

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say ``text`` and wait for the answers."""
        self.post({"id": str(uuid.uuid4()), "text": text}).raise_for_status()
        wait_until_quiet(self.settings)
        return self.new_replies()

    def post(self, message: object) -> httpx.Response:
        """Post whatever ``message`` is, as JSON."""
        return self.http.post("/chat/messages", json=message)

    def leave(self) -> httpx.Response:
        """End the session, as quick exit does."""
        return self.http.post("/chat/exit")

    def new_replies(self) -> list[dict[str, Any]]:
        """The replies since the last look, as the page gets them."""
        found: list[dict[str, Any]] = []
        headers = {"Last-Event-ID": str(self._after)}
        with self.http.stream("GET", "/chat/events", headers=headers) as events:
            for line in events.iter_lines():
                if line.startswith(":"):
                    break
                if line.startswith("id: "):
                    self._after = int(line.removeprefix("id: "))
                elif line.startswith("data: ") and line != "data: {}":
                    found.append(json.loads(line.removeprefix("data: ")))
                elif found and not line:
                    break
        return [*found, *self._rest(found)]

    def _rest(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Events come one by one; look again until there is nothing more."""
        return self.new_replies() if found else []


def seconds_to_silence(settings: Settings) -> float:
    """From the request that ends a session to the end of its open line, in seconds."""
    visitor = Visitor(settings)
    visitor.say("hi")
    with visitor.http.stream("GET", "/chat/events") as events:
        lines = events.iter_lines()
        next(lines)
        started = time.monotonic()
        visitor.leave()
        for _ in lines:
            pass
        return time.monotonic() - started


def find_token(page: str) -> str:
    """The token that a page carries in its form."""
    found = _FIELD.search(page)
    assert found, "the page carries no token"
    return found[1]
