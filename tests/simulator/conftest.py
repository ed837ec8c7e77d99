"""A simulator of each test's own, with the worker's real sender on one side and a
receiver in the gateway's place on the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import httpx
import pytest
from twilio.rest import Client

from bot.settings import Secret, Twilio
from bot.site_channels import TextOptions
from bot.wire.outcomes import Outcome
from bot.wire.turns import Reply
from simulator.account import ACCOUNT_SID, NUMBER, Account
from simulator.app import build_app
from simulator.carrier import Carrier
from tests.plain import PLAIN
from tests.simulator.official import official_client
from tests.simulator.receiver import Receiver, receive
from tests.simulator.server import Door, open_door
from worker.twilio_sender import TwilioSender

TOKEN = "0123456789abcdef0123456789abcdef"
PERSON = "+15035550142"

Send = Callable[..., Outcome]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Whoever the simulator brings its webhooks to."""
    with receive() as receiver:
        yield receiver


@pytest.fixture
def carrier() -> Carrier:
    """The simulator's memory, for a test to look into and to plan faults in."""
    return Carrier()


@pytest.fixture
def account(receiver: Receiver) -> Account:
    """The simulator's account. The port is not read: the server has one already."""
    return Account(ACCOUNT_SID, TOKEN, NUMBER, receiver.url, port=0)


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """A port that listens as long as the tests run: opening one takes its time."""
    with open_door() as door:
        yield door


@pytest.fixture
def simulator(door: Door, account: Account, carrier: Carrier) -> str:
    """The address of a running simulator that nothing has passed yet."""
    door.app = build_app(account, carrier)
    return door.url


@pytest.fixture
def settings(simulator: str) -> Twilio:
    """The settings of a worker that texts through the simulator."""
    return Twilio(ACCOUNT_SID, Secret(TOKEN), NUMBER, simulator)


@pytest.fixture
def send(settings: Twilio, receiver: Receiver) -> Send:
    """Send words as the worker does, by default with good settings to a good number."""

    def send(words: str, number: str = PERSON, settings: Twilio = settings) -> Outcome:
        callback = f"{receiver.url}/twilio/status/{number}"
        sender = TwilioSender(settings, settings.sender, TextOptions("sms"))
        return asyncio.run(sender.send(number, Reply(words), callback))

    return send


@pytest.fixture
def official(account: Account, simulator: str) -> Client:
    """Twilio's own client, for what our sender never asks."""
    return official_client(account, simulator)


@pytest.fixture
def page(simulator: str) -> Iterator[httpx.Client]:
    """What a browser on the phone's page does."""
    with httpx.Client(base_url=simulator, trust_env=False, verify=PLAIN, timeout=10) as client:
        yield client
