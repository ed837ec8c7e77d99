"""The same conversation on each channel, with what is true there: who can read along."""

from __future__ import annotations

import pytest

from tests.chatter import Chatter
from tests.fakes.telegram_server import TelegramServer
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.visitor import Visitor

pytestmark = pytest.mark.stack


def test_a_text_names_the_phone_company(phone: Phone) -> None:
    phone.text("hi")
    assert "phone company" in phone.text("yes")[0]
    assert "phone bill" in phone.text("what stays on my phone?")[0]


def test_telegram_names_telegram(stack: RunningHouse, telegram: TelegramServer) -> None:
    chatter = Chatter(stack.settings, telegram)
    chatter.say("hi")
    assert "Telegram" in chatter.say("yes")[0]
    assert "two days" in chatter.say("what stays on my phone?")[0]


def test_telegram_buttons_go_on_with_the_talk(
    stack: RunningHouse, telegram: TelegramServer
) -> None:
    chatter = Chatter(stack.settings, telegram)
    chatter.say("hola")
    chatter.bring(telegram.telegram.press(chatter.chat_id, "Sí, puedo"))
    wait_until_quiet(stack.settings)
    assert "Telegram" in telegram.telegram.sent(chatter.chat_id)[-1].text
    assert all(telegram.telegram.pressed.values())


def test_whatsapp_names_whatsapp(stack: RunningHouse) -> None:
    phone = Phone(stack.settings, "whatsapp:+15035550187")
    for said in ("hi", "yes", "what stays on my phone?"):
        phone.tell_carrier(said)
        wait_until_quiet(stack.settings)
    heard = phone.replies()
    assert "WhatsApp" in heard[1]
    assert "backup" in heard[2]


def test_web_chat_names_the_screen(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    assert "this screen" in visitor.say("yes")[0]["text"]
    assert "Hide this visit" in visitor.say("what stays on my phone?")[0]["text"]
