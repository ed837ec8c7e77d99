"""The carrier's memory: messages that passed, and numbers that said STOP."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from channels.segments import count_segments

#: Messages remembered; a demo needs no more, and a load test must not eat the machine.
MOST_MESSAGES = 5000

# The words that carriers and Twilio act on by themselves.
STOP_WORDS = frozenset(
    ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
)
START_WORDS = frozenset(["START", "YES", "UNSTOP"])


@dataclass
class Message:
    """One text, in either direction, as Twilio's API would describe it."""

    sender: str
    receiver: str
    body: str
    inbound: bool
    sid: str = field(default_factory=lambda: f"SM{secrets.token_hex(16)}")
    status: str = "queued"
    sent_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class Faults:
    """What goes wrong on purpose: the HTTP statuses of the next answers, oldest first."""

    next_statuses: deque[int] = field(default_factory=deque)


class Carrier:
    """Everything that passed, and whoever waits to see it."""

    def __init__(self) -> None:
        self.messages: deque[Message] = deque(maxlen=MOST_MESSAGES)
        self.opted_out: set[str] = set()
        self.faults = Faults()
        self._news: set[asyncio.Event] = set()

    def take(self, message: Message) -> None:
        """Remember a message, and what a carrier word in it asks for."""
        word = message.body.strip().upper()
        if message.inbound and word in STOP_WORDS:
            self.opted_out.add(message.sender)
        elif message.inbound and word in START_WORDS:
            self.opted_out.discard(message.sender)
        self.messages.append(message)
        self.tell()

    def tell(self) -> None:
        """Wake everyone who watches."""
        for event in self._news:
            event.set()

    def watch(self) -> asyncio.Event:
        """An event that is set at every piece of news; give it to :meth:`unwatch` in the end."""
        event = asyncio.Event()
        self._news.add(event)
        return event

    def unwatch(self, event: asyncio.Event) -> None:
        """Watch no longer."""
        self._news.discard(event)


def describe_size(body: str) -> dict[str, object]:
    """Segments, encoding and an estimated price of ``body``."""
    size = count_segments(body)
    return {"segments": size.count, "encoding": size.encoding, "units": size.units}
