"""Bring a database to the newest revision."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.store.database import driver_url


def migrate(url: str) -> None:
    """Apply every migration that ``url`` lacks. Several processes may call it at once."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = driver_url(url)
    command.upgrade(config, "head")
