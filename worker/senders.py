"""One sender per channel: it hands a reply to the vendor and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.settings import Settings
from bot.wire.outcomes import Outcome, Sent
from bot.wire.turns import Reply
from worker.twilio_sender import TwilioSender


class Sender(Protocol):
    """What every channel's sender can do."""

    async def send(self, address: str, reply: Reply, callback: str) -> Outcome:
        """Hand over ``reply``. The vendor reports its way to the address ``callback``."""
        ...

    async def find_sent(self, address: str, reply: Reply, since: datetime) -> list[str]:
        """The vendor's ids of equal messages it took since ``since``."""
        ...


def build_senders(settings: Settings) -> Mapping[str, Sender]:
    """The senders of all channels that are switched on."""
    senders: dict[str, Sender] = {"web": WebSender()}
    if settings.twilio:
        senders["sms"] = TwilioSender(settings.twilio)
    return senders


class WebSender:
    """The page fetches its replies itself; there is no vendor to call."""

    async def send(self, address: str, reply: Reply, callback: str) -> Outcome:
        """The reply is where the page looks for it."""
        return Sent("")

    async def find_sent(self, address: str, reply: Reply, since: datetime) -> list[str]:
        """Nothing was handed to anybody."""
        return []
