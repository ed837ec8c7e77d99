"""A day and a time at the site, short enough for a text."""

from __future__ import annotations

from datetime import datetime

from actions.house import house
from actions.phrases import phrases
from bot.directory.when import render_when


def local_when(iso: str, language: str) -> str:
    """A moment as the house wrote it, at the site's own time."""
    return render_when(
        datetime.fromisoformat(iso).astimezone(house().site.timezone), phrases(language)
    )
