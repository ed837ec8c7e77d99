"""A visitor of the web chat for tests: a browser's cookie, messages in, events out."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx

from bot.settings import Settings
from tests.phone import wait_until_quiet


class Visitor:
    """One browser window."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        base = f"http://127.0.0.1:{settings.port}"
        self.http = httpx.Client(base_url=base, trust_env=False, timeout=30)
        self.http.get("/").raise_for_status()
        self._after = 0

    @property
    def token(self) -> str:
        """What tells this visitor from others."""
        return self.http.cookies["chat"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say ``text`` and wait for the answers."""
        self.post({"id": str(uuid.uuid4()), "text": text}).raise_for_status()
        wait_until_quiet(self.settings)
        return self.new_replies()

    def post(self, message: object) -> httpx.Response:
        """Post whatever ``message`` is, as JSON."""
        return self.http.post("/chat/messages", json=message)

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
                elif line.startswith("data: "):
                    found.append(json.loads(line.removeprefix("data: ")))
                elif found and not line:
                    break
        return [*found, *self._rest(found)]

    def _rest(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Events come one by one; look again until there is nothing more."""
        return self.new_replies() if found else []
