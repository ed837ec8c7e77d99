"""Telegram, as a bot sees it: its API on loopback, and people who write to the bot.

It checks what Telegram checks, and can be told to be slow, to fail, and to drop its answer
after it has taken a call. It knows one bot, whose token no real bot can have.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram_chats import OLD, Chat, Message, Pace, Refusal
from tests.fakes.telegram_fields import (
    Fields,
    check_action,
    check_preview,
    read_buttons,
    read_chat_id,
    read_kinds,
    read_message_ids,
    read_number,
    read_text,
    read_webhook,
    refuse,
)

#: Shaped as Telegram's tokens are; its secret half says what it is.
TOKEN = "123456:FAKE-token-that-no-real-bot-can-have"

#: A bot may write this much a second: in one chat, where a short burst is let through, and in all.
IN_A_CHAT, BURST, IN_ALL = 1.0, 3, 30.0


@dataclass(frozen=True)
class Call:
    """One call that was made. ``status`` is the HTTP status of what came of it."""

    method: str
    fields: Fields
    at: float
    status: int


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call, on purpose.

    ``status`` refuses it; ``seconds`` holds back the answer to a call that was taken; and
    ``dropped`` closes the line instead of answering one.
    """

    status: int = 0
    seconds: float = 0.0
    dropped: bool = False


class Telegram:
    """Everything that Telegram knows. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.webhook: tuple[str, str] = ("", "")
        self.pressed: dict[str, bool] = {}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.deletes_in_part = False
        self._kinds: list[str] | None = None
        self._waiting: list[dict[str, Any]] = []
        self._news = threading.Condition()
        self.polls = 0
        self._paces: dict[int, Pace] = {}
        self._pace = Pace(IN_ALL, int(IN_ALL))
        self._numbers = itertools.count(1)
        self._update_ids = itertools.count(700_000_001)

    # What people do

    def open_chat(self, chat_id: int, kind: str = "private", state: str = "open") -> Chat:
        """A chat that the bot has; in private its id is the person's."""
        return self.chats.setdefault(chat_id, Chat(chat_id, kind, state))

    def write(self, chat_id: int, text: str | None = None, **content: Any) -> dict[str, Any]:
        """A person writes to the bot; the update that tells of it."""
        chat = self.open_chat(chat_id)
        words = {} if text is None else {"text": text}
        with self._news:
            message = self._keep(chat, text or "", ours=False)
            told = {**self._describe(chat, message), **words, **content}
            return self._tell("message", {**told, "from": _person(chat)})

    def press(self, chat_id: int, data: str) -> dict[str, Any]:
        """A person presses the last button that carries ``data``; the update that tells of it."""
        chat = self.chats[chat_id]
        with self._news:
            message = next(m for m in reversed(chat.messages.values()) if _carries(m, data))
            query_id = str(4_382_000_000 + next(self._numbers))
            self.pressed[query_id] = False
            query = {
                "id": query_id,
                "from": _person(chat),
                "chat_instance": "-3",
                "data": data,
                "message": self._describe(chat, message),
            }
            return self._tell("callback_query", query)

    def tell(self, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Something else happens; the update that tells of it."""
        with self._news:
            return self._tell(kind, dict(content))

    def age(self, chat_id: int, message_id: int, seconds: float = OLD + 60) -> None:
        """Let a message have been sent so long before."""
        self.chats[chat_id].messages[message_id].sent_at -= seconds

    # What tests look at

    def sent(self, chat_id: int) -> list[Message]:
        """The bot's messages that still stand in a chat."""
        return [m for m in self.chats[chat_id].messages.values() if m.ours]

    def made(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method.casefold()]

    @property
    def unacknowledged(self) -> int:
        """How many updates still wait to be fetched or acknowledged."""
        with self._news:
            return len(self._waiting)

    # What the bot does

    def call(self, method: str, fields: Fields) -> tuple[Any, Fault]:
        """The result of a call, and what is to go wrong with its answer.

        Raises :class:`Refusal`.
        """
        name, at = method.casefold(), time.monotonic()
        faults = self.faults[name]
        fault = faults.popleft() if faults else Fault()
        try:
            result = self._call(name, fields, fault)
        except Refusal as refusal:
            self.calls.append(Call(name, dict(fields), at, refusal.status))
            raise
        self.calls.append(Call(name, dict(fields), at, 200))
        return result, fault

    def tries(self, method: str, fields: Fields) -> bool:
        """Whether a call is taken."""
        try:
            self.call(method, fields)
        except Refusal:
            return False
        return True

    def _call(self, name: str, fields: Fields, fault: Fault) -> Any:
        if fault.status:
            raise Refusal(fault.status, "A fault on purpose")
        method = getattr(self, f"_do_{name}", None)
        if method is None:
            raise Refusal(404, "Not Found")
        with self._news:
            return method(fields)

    def _do_getme(self, _: Fields) -> dict[str, Any]:
        return {"id": 123456, "is_bot": True, "first_name": "Chat", "username": "alder_bot"}

    def _do_sendmessage(self, fields: Fields) -> dict[str, Any]:
        text, buttons = read_text(fields), read_buttons(fields)
        check_preview(fields)
        chat = self._find_chat(fields)
        chat.check_open()
        self._paces.setdefault(chat.id, Pace(IN_A_CHAT, BURST)).check()
        self._pace.check()
        message = self._keep(chat, text, ours=True, buttons=buttons)
        return self._describe(chat, message)

    def _do_sendchataction(self, fields: Fields) -> bool:
        chat = self._find_chat(fields)
        check_action(fields)
        chat.check_open()
        return True

    def _do_editmessagetext(self, fields: Fields) -> dict[str, Any]:
        """Only the bot's own messages, in the chat that is named, and only to say something new."""
        text, buttons = read_text(fields), read_buttons(fields)
        chat = self._find_chat(fields)
        message = chat.messages.get(read_number(fields, "message_id", 0, 2**31))
        if message is None:
            raise refuse("message to edit not found")
        if not message.ours:
            raise refuse("message can't be edited")
        if (message.text, message.buttons) == (text, buttons):
            raise refuse(
                "message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message"
            )
        message.text, message.buttons = text, buttons
        return self._describe(chat, message)

    def _do_deletemessages(self, fields: Fields) -> bool:
        """Those that are gone are passed over. One too old makes it refuse them all, or stays."""
        ids = read_message_ids(fields)
        chat = self._find_chat(fields)
        found = [chat.messages[number] for number in ids if number in chat.messages]
        fresh = [m for m in found if time.time() - m.sent_at < OLD]
        if len(fresh) < len(found) and not self.deletes_in_part:
            raise refuse("message can't be deleted for everyone")
        for message in fresh:
            del chat.messages[message.message_id]
        return True

    def _do_answercallbackquery(self, fields: Fields) -> bool:
        query_id = str(fields.get("callback_query_id", ""))
        if self.pressed.get(query_id) is not False:
            raise refuse("query is too old and response timeout expired or query ID is invalid")
        self.pressed[query_id] = True
        return True

    def _do_leavechat(self, fields: Fields) -> bool:
        chat = self._find_chat(fields)
        if chat.kind == "private":
            raise refuse("chat member status can't be changed in private chats")
        chat.check_open()
        chat.state = "left"
        return True

    def _do_setwebhook(self, fields: Fields) -> bool:
        webhook, kinds = read_webhook(fields), read_kinds(fields)
        self.webhook = webhook
        self._kinds = kinds if kinds is not None else self._kinds
        self._forget_waiting(fields)
        return True

    def _do_deletewebhook(self, fields: Fields) -> bool:
        self.webhook = ("", "")
        self._forget_waiting(fields)
        return True

    def _do_getwebhookinfo(self, _: Fields) -> dict[str, Any]:
        return {
            "url": self.webhook[0],
            "has_custom_certificate": False,
            "pending_update_count": len(self._waiting),
        }

    def _do_getupdates(self, fields: Fields) -> list[dict[str, Any]]:
        kinds, offset = read_kinds(fields), read_number(fields, "offset", 0, 2**63)
        limit = max(1, read_number(fields, "limit", 100, 100))
        deadline = time.monotonic() + read_number(fields, "timeout", 0, 50)
        self._kinds = kinds if kinds is not None else self._kinds
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        self.polls += 1
        mine = self.polls
        self._news.notify_all()
        while not self._waiting and (left := deadline - time.monotonic()) > 0:
            self._check_poll(mine)
            self._news.wait(left)
        self._check_poll(mine)
        return self._waiting[:limit]

    def _check_poll(self, mine: int) -> None:
        if self.webhook[0]:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        if self.polls != mine:
            raise Refusal(409, "Conflict: terminated by other getUpdates request")

    def _forget_waiting(self, fields: Fields) -> None:
        if str(fields.get("drop_pending_updates", "")).casefold() == "true":
            self._waiting.clear()

    def _find_chat(self, fields: Fields) -> Chat:
        chat = self.chats.get(read_chat_id(fields))
        if chat is None:
            raise refuse("chat not found")
        return chat

    def _keep(
        self,
        chat: Chat,
        text: str,
        *,
        ours: bool,
        buttons: list[list[dict[str, Any]]] | None = None,
    ) -> Message:
        message = Message(next(self._numbers), text, ours, time.time(), buttons or [])
        chat.messages[message.message_id] = message
        return message

    def _describe(self, chat: Chat, message: Message) -> dict[str, Any]:
        told = {
            "message_id": message.message_id,
            "date": int(message.sent_at),
            "chat": chat.to_json(),
        }
        if message.ours:
            told |= {"from": self._do_getme({}), "text": message.text}
        if message.buttons:
            told["reply_markup"] = {"inline_keyboard": message.buttons}
        return told

    def _tell(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Updates that nobody asked for are not even kept."""
        update = {"update_id": next(self._update_ids), kind: content}
        if self._kinds is None or kind in self._kinds:
            self._waiting.append(update)
            self._news.notify_all()
        return update


def _person(chat: Chat) -> dict[str, Any]:
    return {"id": abs(chat.id), "is_bot": False, "first_name": "Alder", "language_code": "en"}


def _carries(message: Message, data: str) -> bool:
    return any(button["callback_data"] == data for row in message.buttons for button in row)
