"""A day and a time, short enough for a text."""

from __future__ import annotations

from datetime import datetime, time

from bot.directory.phrases import Phrases


def render_when(moment: datetime, say: Phrases) -> str:
    """Such as ``Tue 1 Dec 3 pm``, read alike in both languages; ``moment`` is local."""
    return (
        f"{say.day(moment.weekday())} {moment.day} {say.month(moment.month)} {render_clock(moment)}"
    )


def render_clock(moment: datetime | time) -> str:
    """``9 am``, ``9:30 pm``: read alike in both languages."""
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"
