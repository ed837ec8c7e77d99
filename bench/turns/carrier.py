"""Our hands on the carrier: signed webhooks out, and what replies it was handed."""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from twilio.request_validator import RequestValidator

from bench.turns.home import free_ports, plain_environment, wait_until
from bench.turns.processes import running
from simulator.account import ACCOUNT_SID, NUMBER

TOKEN = "0123456789abcdef0123456789abcdef"  # of nobody's account
#: How the first reply of either side begins; the same response file fills both.
FIRST_REPLY = "Hi. This is"

# Numbers that are kept free for fiction: 555-0100 to 555-0199 of each area.
_AREAS = (541, 971, 458, 360, 206, 253, 425, 509, 564)


def fresh_numbers() -> Iterator[str]:
    """Senders that nobody has heard of yet."""
    return (f"+1{area}55501{line:02}" for area in _AREAS for line in range(100))


@dataclass(frozen=True)
class Letter:
    """One webhook request, ready to be posted."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Carrier:
    """The carrier at ``base``, which signs with ``token``."""

    base: str
    token: str

    @property
    def settings(self) -> dict[str, str]:
        """What a house must know to text through it."""
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": self.token,
            "TWILIO_FROM": NUMBER,
            "TWILIO_API_BASE": self.base,
        }

    def write(self, url: str, number: str, words: str) -> Letter:
        """A text as Twilio brings it, signed for ``url``."""
        sid = f"SM{secrets.token_hex(16)}"
        form = {
            "AccountSid": ACCOUNT_SID,
            "Body": words,
            "From": number,
            "MessageSid": sid,
            "NumMedia": "0",
            "SmsStatus": "received",
            "To": NUMBER,
        }
        signature = RequestValidator(self.token).compute_signature(url, form)
        return Letter(url, form, {"X-Twilio-Signature": signature})

    def is_here(self) -> bool:
        """Whether it answers."""
        try:
            return httpx.get(self.base, trust_env=False).is_success
        except httpx.TransportError:
            return False

    def read_replies(self) -> list[tuple[str, str]]:
        """Who was sent what, newest first."""
        found = httpx.get(self.base, trust_env=False, timeout=30)
        return [(one["to"], one["body"]) for one in found.json()["messages"]]

    def count_first_replies(self) -> Counter[str]:
        """How many first replies each number was sent; more than one is one too many."""
        return Counter(to for to, body in self.read_replies() if body.startswith(FIRST_REPLY))


@contextmanager
def open_carrier(home: Path) -> Iterator[Carrier]:
    """A carrier for as long as the block lasts."""
    port = free_ports("carrier")["carrier"]
    command = [sys.executable, "-m", "bench.turns.carrier_server", port, TOKEN]
    with running(command, plain_environment(), home / "carrier.log"):
        carrier = Carrier(f"http://127.0.0.1:{port}", TOKEN)
        wait_until(carrier.is_here, "the carrier")
        yield carrier
