"""The senders of all channels that are switched on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import Settings
from bot.wire.outcomes import Outcome, Sent
from bot.wire.turns import Reply
from worker.sender import Sender
from worker.twilio_sender import TwilioSender


def build_senders(settings: Settings) -> Mapping[str, Sender]:
    """A sender for each channel."""
    senders: dict[str, Sender] = {"web": WebSender()}
    if settings.twilio:
        senders["sms"] = TwilioSender(settings.twilio)
    return senders


class WebSender(Sender):
    """The page fetches its replies itself; there is no vendor to call."""

    async def send(
        self, address: str, reply: Reply, callback: str, *, in_window: bool = True
    ) -> Outcome:
        """The reply is where the page looks for it."""
        return Sent("")
