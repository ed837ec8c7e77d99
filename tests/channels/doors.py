"""Every channel as a person and its vendor see it, for the contract that all of them keep.

A door speaks the vendor's language on one side and a person's on the other. A new channel
adds itself to ``DOORS``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from twilio.request_validator import RequestValidator

from bot.wire.inbound import Inbound
from bot.wire.outcomes import Outcome
from bot.wire.turns import Reply
from channels import telegram, twilio, web
from tests.channels.recorded import INBOUND_URL, PERSON, TOKEN, sms


@dataclass(frozen=True)
class Door:
    """One channel.

    ``take`` brings a person's text with the vendor's id for it; ``show`` is what the person
    reads, line by line; ``press`` is what comes back when they choose the option of that
    number; ``trusts`` says whether a request with this secret is let in; ``refuse`` is what to
    do after an HTTP status. ``longest`` is the vendor's limit of one message, and ``size`` how
    it counts.
    """

    channel: str
    take: Callable[[str, int], Inbound]
    show: Callable[[Reply], str]
    press: Callable[[Reply, int], str]
    trusts: Callable[[str], bool] | None
    refuse: Callable[[int], Outcome] | None
    longest: int | None
    size: Callable[[str], int] = len
    secret: str = TOKEN


def _take_sms(text: str, number: int) -> Inbound:
    return twilio.parse(sms(Body=text, MessageSid=f"SM{number:032}"))


def _take_whatsapp(text: str, number: int) -> Inbound:
    form = sms(Body=text, MessageSid=f"SM{number:032}", From=f"whatsapp:{PERSON}")
    return twilio.parse(form)


def _signed_with(token: str) -> bool:
    signature = RequestValidator(token).compute_signature(INBOUND_URL, sms())
    return twilio.verify(INBOUND_URL, sms(), signature, TOKEN)


def _press_number(reply: Reply, number: int) -> str:
    """People answer a numbered list by its numbers."""
    return str(number)


def _take_telegram(text: str, number: int) -> Inbound:
    person = {"id": 9000001, "is_bot": False, "first_name": "P"}
    chat = {"id": 9000001, "type": "private"}
    message = {"message_id": 77, "date": 1764000000, "chat": chat, "from": person, "text": text}
    return telegram.parse(json.dumps({"update_id": number, "message": message}).encode())


def _show_telegram(reply: Reply) -> str:
    shown = telegram.render(reply)
    keyboard = shown["reply_markup"].inline_keyboard if "reply_markup" in shown else ()
    return "\n".join([shown["text"], *(button.text for row in keyboard for button in row)])


def _press_telegram(reply: Reply, number: int) -> str:
    row = telegram.render(reply)["reply_markup"].inline_keyboard[number - 1]
    return str(row[0].callback_data)


_SESSION = "s" * 43


def _take_web(text: str, number: int) -> Inbound:
    body = {"id": str(uuid.UUID(int=number)), "text": text}
    return web.parse(json.dumps(body).encode(), _SESSION)


def _show_web(reply: Reply) -> str:
    shown = json.loads(json.dumps(web.render(reply)))
    return "\n".join([shown["text"], *(option["title"] for option in shown["options"])])


_SMS = Door(
    channel="sms",
    take=_take_sms,
    show=twilio.render,
    press=_press_number,
    trusts=_signed_with,
    refuse=lambda status: twilio.classify(status, None),
    longest=twilio.LONGEST_BODY,
)

DOORS = {
    door.channel: door
    for door in (
        _SMS,
        replace(_SMS, channel="whatsapp", take=_take_whatsapp, show=twilio.render_whatsapp),
        Door(
            channel="telegram",
            take=_take_telegram,
            show=_show_telegram,
            press=_press_telegram,
            trusts=lambda secret: telegram.verify(secret, TOKEN),
            refuse=lambda status: telegram.classify(status, {}),
            longest=telegram.LONGEST_TEXT,
            size=lambda text: len(text.encode("utf-16-le")) // 2,
        ),
        # The page is our own: nobody signs for it, and nobody can refuse.
        Door(
            channel="web",
            take=_take_web,
            show=_show_web,
            press=lambda reply, number: reply.options[number - 1].title,
            trusts=None,
            refuse=None,
            longest=None,
        ),
    )
}
