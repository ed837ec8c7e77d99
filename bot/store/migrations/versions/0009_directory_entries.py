"""The directory as it is edited: entries, what became of them, and what providers say."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing yet."""
