"""A person on Telegram for tests: they write as Telegram brings it, and see what stands there."""

from __future__ import annotations

import itertools

from bot.settings import Settings
from tests.fakes.telegram_server import TelegramServer
from tests.house import wait_for
from tests.phone import wait_until_quiet

CHATS = itertools.count(9_000_001)


class Chatter:
    """One private chat with the bot."""

    def __init__(self, settings: Settings, server: TelegramServer) -> None:
        self.settings, self.server = settings, server
        self.chat_id = next(CHATS)
        self._read: set[int] = set()

    def say(self, text: str) -> list[str]:
        """Write ``text`` and wait for the answers."""
        self.send(text)
        wait_until_quiet(self.settings)
        new = [m for m in self.server.telegram.sent(self.chat_id) if m.message_id not in self._read]
        self._read |= {message.message_id for message in new}
        return [message.text for message in new]

    def send(self, text: str) -> None:
        """Write ``text`` and do not wait."""
        self.bring(self.server.telegram.write(self.chat_id, text))

    def bring(self, update: object) -> None:
        """Let Telegram bring an update to the house."""
        assert self.settings.telegram
        url = f"http://127.0.0.1:{self.settings.port}/telegram"
        answer = self.server.bring(url, self.settings.telegram.secret.reveal(), update)
        assert answer.is_success, answer.status_code

    def screen(self) -> list[str]:
        """Everything that stands in the chat, on both sides."""
        return [
            message.text for message in self.server.telegram.chats[self.chat_id].messages.values()
        ]

    def wait_until_blank(self) -> None:
        """Return when nothing stands in the chat any more."""
        wait_for(lambda: not self.screen(), "an empty screen")
