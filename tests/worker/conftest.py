"""A fake Telegram, and an account there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import Secret, Telegram
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_server import TelegramServer, open_telegram

SECRET = "a-secret_of-the-webhook"


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A Telegram that nobody has used yet."""
    with open_telegram() as server:
        yield server


@pytest.fixture
def account(telegram: TelegramServer) -> Telegram:
    """The bot's account, in webhook mode."""
    return Telegram(Secret(TOKEN), Secret(SECRET), polling=False, api_base=telegram.api_base)
