"""Twilio for tests: the simulator on a port of its own, and somebody in the gateway's place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.settings import Secret, Twilio
from bot.site_channels import TextOptions
from bot.wire.outcomes import Outcome
from bot.wire.turns import Reply
from simulator.account import ACCOUNT_SID, NUMBER, WHATSAPP_NUMBER, Account
from simulator.app import build_app
from simulator.carrier import Carrier, Message
from tests.simulator.receiver import Receiver, receive
from tests.simulator.server import open_door
from worker.twilio_sender import TwilioSender

TOKEN = "0123456789abcdef0123456789abcdef"
PERSON = "+15035550142"


@dataclass
class TwilioFake:
    """``carrier`` is what it remembers, ``carrier.plan`` what it is told to do."""

    settings: Twilio
    carrier: Carrier
    receiver: Receiver

    def sender(self, options: TextOptions, address: str | None = None) -> TwilioSender:
        """The worker's own sender, from the account's own address unless another is named."""
        ours = {"sms": NUMBER, "whatsapp": WHATSAPP_NUMBER}[options.channel]
        return TwilioSender(self.settings, address or ours, options)

    def send(self, sender: TwilioSender, words: str, *, in_window: bool = True) -> Outcome:
        """Hand ``words`` over to the one person there is."""
        callback = f"{self.receiver.url}/twilio/status/1"
        return asyncio.run(sender.send(PERSON, Reply(words), callback, in_window=in_window))

    def phone(self) -> list[Message]:
        """What lies on the phones of the world, deleted at Twilio or not."""
        return [message for message in self.carrier.messages if not message.inbound]


@contextmanager
def run_twilio() -> Iterator[TwilioFake]:
    """A fake that listens and has seen nothing yet."""
    with open_door() as door, receive() as receiver:
        carrier = Carrier()
        account = Account(ACCOUNT_SID, TOKEN, NUMBER, receiver.url, port=0)
        door.app = build_app(account, carrier)
        settings = Twilio(ACCOUNT_SID, Secret(TOKEN), NUMBER, door.url, WHATSAPP_NUMBER)
        yield TwilioFake(settings, carrier, receiver)
