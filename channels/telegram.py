"""Telegram: what its updates mean, and how our replies look as messages with buttons.

https://core.telegram.org/bots/api
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bot.wire.inbound import Inbound
from bot.wire.outcomes import Later, Outcome
from bot.wire.turns import Option, Reply
from channels.errors import NotAMessage
from channels.storable import make_storable
from channels.telegram_refusals import REFUSALS, STATUSES
from channels.telegram_updates import is_id, read_update

CHANNEL = "telegram"

#: The kinds of update that we ask for.
WANTED = ("message", "callback_query")
#: The kinds of chat that the bot never stays in.
MANY_READ = (Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL)
#: What Telegram takes in one message: UTF-16 units, as its apps count.
LONGEST_TEXT = 4096
#: Bytes that a button may bring back.
LONGEST_DATA = 64
#: Seconds. Telegram asks for no longer wait than a day.
LONGEST_WAIT = 86_400
#: The word that begins a conversation, and begins it again after STOP.
START = "START"

_COMMAND = re.compile(r"\s*/+\s*(\w+)(?:@\w+)?\s*(.*)", re.DOTALL)
_WORD = re.compile(r"\w+", re.ASCII)
#: What a link to the bot may carry behind ``/start``; it means nothing to us.
_LINK = re.compile(r"[\w-]{0,64}")


def verify(untrusted_secret: str, secret: str) -> bool:
    """Whether a request carries the secret that we gave to Telegram with ``setWebhook``."""
    return bool(secret) and hmac.compare_digest(untrusted_secret.encode(), secret.encode())


def parse(untrusted_body: bytes) -> Inbound:
    """The message or the press of a button in an update.

    Raises :class:`NotAMessage` for every other update: edited messages, groups, channels,
    news of the chat, and what is no update at all.
    """
    update = read_update(untrusted_body)
    if update.callback_query is not None:
        return _parse_press(update.update_id, update.callback_query)
    if update.message is not None:
        return _parse_message(update.update_id, update.message)
    raise NotAMessage


def decide_call(untrusted_body: bytes) -> dict[str, object] | None:
    """What to ask of Telegram at once: leave a group, or stop a pressed button's clock.

    A webhook's answer may carry one call, so that whoever takes the update calls nobody:
    https://core.telegram.org/bots/api#making-requests-when-getting-updates
    """
    try:
        update = read_update(untrusted_body)
    except NotAMessage:
        return None
    chat, press = update.effective_chat, update.callback_query
    if chat is not None and chat.type in MANY_READ and isinstance(chat.id, int):
        return {"method": "leaveChat", "chat_id": chat.id}
    if press is not None and isinstance(press.id, str) and _WORD.fullmatch(press.id):
        return {"method": "answerCallbackQuery", "callback_query_id": press.id}
    return None


def render(reply: Reply) -> dict[str, Any]:
    """What ``sendMessage`` is told: the text, and each option as a button in a row of its own.

    Links get no preview: a picture of a shelter's page can be seen from across a room.
    """
    content: dict[str, Any] = {
        "text": _cut(reply.text),
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
    }
    if reply.options:
        rows = [[_button(i, option)] for i, option in enumerate(reply.options, start=1)]
        content["reply_markup"] = InlineKeyboardMarkup(rows)
    return content


def classify(status: int, untrusted_answer: Mapping[str, Any]) -> Outcome:
    """What to do after Telegram answered a call with an HTTP status that is no success."""
    if status == 429:
        return Later("too many requests", _seconds(untrusted_answer))
    described = str(untrusted_answer.get("description", "")).casefold()
    if status in {400, 403}:
        known = (outcome for words, outcome in REFUSALS.items() if words in described)
        return next(known, STATUSES[status])
    return STATUSES.get(status, Later("unavailable", unsure=True))


def _parse_press(update_id: int, press: CallbackQuery) -> Inbound:
    """A pressed button says what stands on it, and leaves nothing in the chat to take away."""
    if press.message is None or not isinstance(press.data, str):
        raise NotAMessage
    address = _address(press.message.chat)
    return Inbound(CHANNEL, str(update_id), address, make_storable(press.data))


def _parse_message(update_id: int, message: Message) -> Inbound:
    """Of pictures, voices, contacts and places only the fact that they came is kept."""
    written = message.text if message.text is not None else message.caption or ""
    if not isinstance(written, str):
        raise NotAMessage
    return Inbound(
        channel=CHANNEL,
        provider_id=str(update_id),
        untrusted_address=_address(message.chat),
        untrusted_text=_without_slash(make_storable(written)),
        media_count=0 if message.text is not None else 1,
        place_in_chat=str(message.message_id) if is_id(message.message_id) else None,
    )


def _address(untrusted_chat: Chat) -> str:
    """The chat, which in private is the person's own number at Telegram."""
    if untrusted_chat.type != Chat.PRIVATE or not is_id(untrusted_chat.id):
        raise NotAMessage
    return str(untrusted_chat.id)


def _without_slash(untrusted_text: str) -> str:
    """What a command says, as words like any others.

    Telegram's own button sends ``/start``, and shows no other to someone who comes back after
    STOP or after blocking the bot: so it is the word that lifts an opt-out.
    """
    match = _COMMAND.fullmatch(untrusted_text)
    if match is None:
        return untrusted_text
    word, rest = match.groups()
    if word.casefold() != START.casefold():
        return f"{word} {rest}".strip()
    return START if _LINK.fullmatch(rest) else rest


def _button(number: int, option: Option) -> InlineKeyboardButton:
    """A button brings back its title, or its number where the title is too long for that."""
    fits = 0 < len(option.title.encode()) <= LONGEST_DATA
    return InlineKeyboardButton(option.title, callback_data=option.title if fits else str(number))


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * LONGEST_TEXT]
    return units.decode("utf-16-le", "ignore")


def _seconds(untrusted_answer: Mapping[str, Any]) -> float | None:
    """How long Telegram asks to wait; ``None`` when it does not say."""
    parameters = untrusted_answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    return float(min(seconds, LONGEST_WAIT)) if is_id(seconds) else None
