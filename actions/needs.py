"""Needs as the conversation hears them: an intent for each."""

from __future__ import annotations

from bot.directory.needs import NEEDS

PREFIX = "need_"


def parse_need(intent: str) -> str | None:
    """The need that an intent names."""
    need = intent.removeprefix(PREFIX)
    return need if intent.startswith(PREFIX) and need in NEEDS else None
