"""Waymark's engine by its own door, as the worker uses it: the snapshot travels along."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from bench.turns.side import TakeTurn
from bot.wire.turns import TurnAnswer, TurnRequest


@dataclass(frozen=True)
class EngineDoor:
    """The turn channel at ``url``. ``facts`` are the site's."""

    url: str
    token: str
    facts: Mapping[str, str]
    http: httpx.Client

    def is_here(self) -> bool:
        """As the worker asks it."""
        try:
            return self.http.get(f"{self.url}/").is_success
        except httpx.TransportError:
            return False

    def open_conversation(self) -> TakeTurn:
        """A conversation that has just begun."""
        conversation = str(uuid.uuid4())
        begin = TurnRequest(conversation, "0", "en", self.facts, None, payload="/begin")
        snapshot = self._take(begin).snapshot

        def take(words: str) -> float:
            nonlocal snapshot
            turn = str(uuid.uuid4())
            request = TurnRequest(conversation, turn, "en", self.facts, snapshot, words)
            started = time.perf_counter()
            answer = self._take(request)
            seconds = time.perf_counter() - started
            assert answer.replies, f"the engine had nothing to say to {words!r}"
            snapshot = answer.snapshot
            return seconds

        return take

    def _take(self, request: TurnRequest) -> TurnAnswer:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.http.post(f"{self.url}/take", json=request.to_json(), headers=headers)
        return TurnAnswer.from_json(answer.raise_for_status().json())
