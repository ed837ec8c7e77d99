"""The carrier's memory: messages that passed, and numbers that said STOP."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.wire.segments import count_segments
from simulator.plan import Plan

#: Messages remembered; a demo needs no more, and a load test must not eat the machine.
MOST_MESSAGES = 5000
#: How long after a person's last message WhatsApp takes free text.
WINDOW = timedelta(hours=24)

# The words that carriers and Twilio act on by themselves.
STOP_WORDS = frozenset(
    ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
)
START_WORDS = frozenset(["START", "YES", "UNSTOP"])
HELP_WORDS = frozenset(["HELP", "INFO"])


@dataclass
class Message:
    """One text, in either direction, as Twilio's API would describe it.

    ``words_kept`` and ``number_kept`` say what Twilio's own list still shows; a message that
    is ``deleted`` there stays on the person's phone.
    """

    sender: str
    receiver: str
    body: str
    inbound: bool
    sid: str = field(default_factory=lambda: f"SM{secrets.token_hex(16)}")
    status: str = "queued"
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent_at: datetime | None = None
    error_code: int | None = None
    words_kept: bool = True
    number_kept: bool = True
    deleted: bool = False


class Carrier:
    """Everything that passed, and whoever waits to see it."""

    def __init__(self) -> None:
        self.messages: deque[Message] = deque(maxlen=MOST_MESSAGES)
        self.opted_out: set[str] = set()
        self.plan = Plan()
        self.holdings: dict[str, dict[str, object]] = {}
        self._heard: dict[str, datetime] = {}
        self._sent: defaultdict[str, deque[tuple[float, int]]] = defaultdict(deque)
        self._news: set[asyncio.Event] = set()

    def take(self, message: Message) -> None:
        """Remember a message, and what a carrier word in it asks for."""
        if message.inbound:
            self.hear(message.sender)
            self._obey(message.sender, find_carrier_word(message.body))
        self.messages.append(message)
        self.tell()

    def hear(self, address: str, ago: float = 0.0) -> None:
        """Somebody wrote ``ago`` seconds ago."""
        self._heard[address] = datetime.now(UTC) - timedelta(seconds=ago)

    def is_window_open(self, address: str) -> bool:
        """Whether WhatsApp takes free text to ``address``."""
        heard = self._heard.get(address)
        return heard is not None and datetime.now(UTC) - heard < WINDOW

    def is_too_fast(self, sender: str, segments: int) -> bool:
        """Whether ``segments`` more are above the planned speed. Counts them if they are not."""
        if self.plan.per_second is None:
            return False
        now, sent = time.monotonic(), self._sent[sender]
        while sent and now - sent[0][0] >= 1.0:
            sent.popleft()
        if sent and sum(count for _, count in sent) + segments > self.plan.per_second:
            return True
        sent.append((now, segments))
        return False

    def find(self, sid: str) -> Message | None:
        """The message that Twilio's list knows by ``sid``."""
        return next((m for m in self.messages if m.sid == sid and not m.deleted), None)

    def _obey(self, sender: str, word: str | None) -> None:
        if word == "STOP":
            self.opted_out.add(sender)
        elif word == "START":
            self.opted_out.discard(sender)

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


def find_carrier_word(body: str) -> str | None:
    """STOP, START or HELP, if the whole of ``body`` is a word for it."""
    word = body.strip().upper()
    words = {"STOP": STOP_WORDS, "START": START_WORDS, "HELP": HELP_WORDS}
    return next((meaning for meaning, known in words.items() if word in known), None)


def describe_size(body: str) -> dict[str, object]:
    """Segments, encoding and an estimated price of ``body``."""
    size = count_segments(body)
    return {"segments": size.count, "encoding": size.encoding, "units": size.units}
