"""Updates in the types of python-telegram-bot, read from the few fields that matter here.

Names, numbers and places are never even read, and a field that is new to the library
cannot make a person's message unreadable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeGuard

from telegram import Update

from channels.errors import NotAMessage

#: No id of Telegram's is larger.
LARGEST_ID = 2**63 - 1

#: Messages in a private chat that tell of something, and that nobody wrote.
NEWS_OF_THE_CHAT = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "chat_shared",
        "connected_website",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "gift",
        "message_auto_delete_timer_changed",
        "pinned_message",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "unique_gift",
        "users_shared",
        "write_access_allowed",
    }
)

#: What the library may raise on JSON that Telegram would never send.
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


def read_update(untrusted_body: bytes) -> Update:
    """The update, with nothing in it but where it comes from and what was written or pressed.

    Raises :class:`NotAMessage` for what is no update. Only ``update_id`` is checked for its
    type: the library does not check, so whoever uses another field must.
    """
    try:
        untrusted = json.loads(untrusted_body)
        kept = _pick(untrusted, "update_id", *_TRIMMED)
        if not is_id(kept["update_id"]):
            raise NotAMessage
        trimmed = {kind: trim(kept[kind]) for kind, trim in _TRIMMED.items() if kind in kept}
        return Update.de_json({"update_id": kept["update_id"], **trimmed})
    except _BROKEN as error:
        raise NotAMessage from error


def is_id(untrusted_number: object) -> TypeGuard[int]:
    """Whether this can be the id of an update, a message or a private chat."""
    if not isinstance(untrusted_number, int) or isinstance(untrusted_number, bool):
        return False
    return 0 < untrusted_number <= LARGEST_ID


def _trim_message(untrusted_message: Any) -> dict[str, Any] | None:
    """When it was written does not matter: what counts is when it came in."""
    kept = _pick(untrusted_message, "message_id", "text", "caption", "chat")
    if not NEWS_OF_THE_CHAT.isdisjoint(untrusted_message):
        return None
    return {"message_id": 0, **kept, "date": 0, "chat": _pick(kept["chat"], "id", "type")}


def _trim_press(untrusted_press: Any) -> dict[str, Any]:
    kept = _pick(untrusted_press, "id", "data", "message")
    if "message" in kept:
        kept["message"] = _trim_message(kept["message"])
    return {**kept, "chat_instance": ""}


def _pick(untrusted: Any, *names: str) -> dict[str, Any]:
    if not isinstance(untrusted, Mapping):
        raise NotAMessage
    return {name: untrusted[name] for name in names if untrusted.get(name) is not None}


_TRIMMED = {
    "message": _trim_message,
    "edited_message": _trim_message,
    "channel_post": _trim_message,
    "callback_query": _trim_press,
}
