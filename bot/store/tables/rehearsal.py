"""Rehearsals: conversations that staff make up, and what the bot would say."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

_TIME = DateTime(timezone=True)
#: What a rehearsal is doing.
WAITING, PREPARING, PLAYING, DONE, FAILED = "waiting", "preparing", "playing", "done", "failed"


class RehearsalRow(Base):
    """One rehearsal of a release, or of the content in use where ``release_id`` is empty.

    ``script`` names a conversation that is played as it is written; ``*`` means all of them. Else
    the lines in ``says`` are played. Nothing in here is of any person.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'preparing', 'playing', 'done', 'failed')", name="state"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    release_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), index=True
    )
    script: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    says: Mapped[list[str]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(Text, default=WAITING, server_default=WAITING)
    # In percent.
    progress: Mapped[int] = mapped_column(default=0, server_default="0")
    # What came of it, as bot.flows.scripts writes it.
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # Why it did not work, for people; empty when it did.
    fault: Mapped[str] = mapped_column(Text, default="", server_default="")
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(_TIME, index=True)
    done_at: Mapped[datetime | None] = mapped_column(_TIME)
