"""What Telegram knows: chats, their messages, and how fast a bot may write in them."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Any

#: Seconds after which a message can no longer be deleted.
OLD = 48 * 3600


class Refusal(Exception):
    """Telegram's answer to a call that it does not take."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def to_json(self) -> dict[str, Any]:
        """The answer's body."""
        told = {"ok": False, "error_code": self.status, "description": self.description}
        return {**told, "parameters": self.parameters} if self.parameters else told


@dataclass
class Message:
    """One message in a chat. ``ours`` when the bot wrote it."""

    message_id: int
    text: str
    ours: bool
    sent_at: float
    buttons: list[list[dict[str, Any]]]


@dataclass
class Chat:
    """``state`` says how the person stands to the bot, or whether it is still in the group."""

    id: int
    kind: str = "private"
    state: str = "open"
    messages: dict[int, Message] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The chat as updates hold it."""
        named = {"first_name": "Alder"} if self.kind == "private" else {"title": "Alder Falls"}
        return {"id": self.id, "type": self.kind, **named}

    def check_open(self) -> None:
        """Raise what keeps a bot from writing here."""
        if self.state in _CLOSED:
            raise Refusal(403, f"Forbidden: {_CLOSED[self.state]}")


_CLOSED = {
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
    "never started": "bot can't initiate conversation with a user",
    "left": "bot is not a member of the supergroup chat",
}


class Pace:
    """``per_second`` messages in the long run, ``burst`` at once; then none for a while."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second, self._burst = per_second, float(burst)
        self._left, self._at = float(burst), time.monotonic()

    def check(self) -> None:
        """Count one message. Raises the refusal of one too many."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            wait = max(1, math.ceil((1 - self._left) / self._per_second))
            raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self._left -= 1
