"""A vendor takes a message and its answer is lost: the message is not sent a second time."""

from __future__ import annotations

import httpx
import pytest

from tests.chatter import Chatter
from tests.content import name_of
from tests.fakes.telegram import Fault
from tests.fakes.telegram_server import TelegramServer
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.plain import PLAIN

pytestmark = pytest.mark.stack

SAID = ("hi", "yes", "yes", "no")
HEARD = [
    "utter_ask_safe",
    "utter_ask_go_on",
    "utter_ask_remember",
    "utter_not_kept",
    "utter_ask_need",
]


def test_no_text_goes_twice(stack: RunningHouse, phone: Phone) -> None:
    assert stack.settings.twilio
    plan = {"plan": {"lost_answers": 3}}
    url = f"{stack.settings.twilio.api_base}/plan"
    httpx.put(url, json=plan, trust_env=False, verify=PLAIN).raise_for_status()
    for said in SAID:
        phone.text(said)
    assert [name_of(reply, "en") for reply in phone.replies()] == HEARD


def test_nothing_is_said_twice_on_telegram(stack: RunningHouse, telegram: TelegramServer) -> None:
    chatter = Chatter(stack.settings, telegram)
    faults = telegram.telegram.faults["sendmessage"]
    for said in SAID:
        faults.append(Fault(dropped=True))
        chatter.send(said)
        wait_until_quiet(stack.settings, seconds=120)
        assert not faults
    said_once = telegram.telegram.sent(chatter.chat_id)
    assert len(said_once) == len(HEARD)
    assert len({message.text for message in said_once}) == len(HEARD)


def test_what_nobody_heard_of_is_taken_off_the_screen_too(
    stack: RunningHouse, telegram: TelegramServer
) -> None:
    chatter = Chatter(stack.settings, telegram)
    chatter.say("hi")
    telegram.telegram.faults["sendmessage"].append(Fault(dropped=True))
    chatter.say("yes")
    chatter.send("EXIT")
    chatter.wait_until_blank()
