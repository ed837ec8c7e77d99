"""Handoffs that are over: figures, never people."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ClosedHandoffRow(Base):
    """How long it took and how it ended. It names no person and its id is its own."""

    __tablename__ = "closed_handoff"
    __table_args__ = (Index("ix_closed_handoff_staff_id_ended_at", "staff_id", "ended_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text))
    danger: Mapped[bool]
    how: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(Text)
    practice: Mapped[bool]
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    called_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    # A fixed word of ``bot.care.handoffs.Ending``.
    ending: Mapped[str] = mapped_column(Text)
    messages: Mapped[int]
