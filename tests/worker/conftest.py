"""A fake Telegram, and an account there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT, Secret, Settings, Telegram, load
from bot.vault.keyring import open_keyring
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_server import TelegramServer, open_telegram
from tests.worker.engine_door import EngineDoor, open_engine

SECRET = "a-secret_of-the-webhook"


def open_settings(home: Path, database_url: str, **more: str) -> Settings:
    """The settings of a house of the demo's site, in which no engine runs."""
    open_keyring(home)
    return load(
        {
            "WAYMARK_HOME": str(home),
            "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_ENGINE_PORT": "9",
            **more,
        }
    )


@pytest.fixture
def engine() -> Iterator[EngineDoor]:
    """An engine that answers as it is told to."""
    with open_engine() as door:
        yield door


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A Telegram that nobody has used yet."""
    with open_telegram() as server:
        yield server


@pytest.fixture
def account(telegram: TelegramServer) -> Telegram:
    """The bot's account, in webhook mode."""
    return Telegram(Secret(TOKEN), Secret(SECRET), polling=False, api_base=telegram.api_base)


@pytest.fixture
def settings(telegram: TelegramServer, plain_database_url: str, tmp_path: Path) -> Settings:
    """The settings of a house with Telegram, in which no engine runs."""
    return open_settings(
        tmp_path,
        plain_database_url,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_SECRET=SECRET,
        TELEGRAM_API_BASE=telegram.api_base,
    )
