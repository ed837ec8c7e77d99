"""The senders of all channels that are switched on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import Settings
from bot.site import Site
from bot.wire.outcomes import Outcome, Sent
from bot.wire.turns import Reply
from worker.sender import Sender
from worker.telegram_sender import TelegramSender
from worker.twilio_sender import TwilioSender


def build_senders(settings: Settings, site: Site) -> Mapping[str, Sender]:
    """A sender for each channel."""
    senders: dict[str, Sender] = {"web": WebSender()}
    if account := settings.twilio:
        senders["sms"] = TwilioSender(account, account.sender, site.channels.sms)
        if account.whatsapp_sender:
            senders["whatsapp"] = TwilioSender(
                account, account.whatsapp_sender, site.channels.whatsapp
            )
    if settings.telegram:
        senders["telegram"] = TelegramSender(settings.telegram)
    return senders


class WebSender(Sender):
    """The page fetches its replies itself; there is no vendor to call."""

    async def send(
        self, address: str, reply: Reply, callback: str, *, in_window: bool = True
    ) -> Outcome:
        """The reply is where the page looks for it."""
        return Sent("")
