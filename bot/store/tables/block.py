"""Contacts whose messages no longer reach the team."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class BlockRow(Base):
    """One block of the team's line, which takes two people. The bot goes on answering.

    It is kept by pseudonym, so that it outlasts EXIT. ``step`` counts the warnings before it.
    """

    __tablename__ = "block"
    __table_args__ = (CheckConstraint("agreed_by <> asked_by", name="two_people"),)

    pseudonym: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    # Why, as a fixed word: ``abusive`` or ``sexual``.
    reason: Mapped[str] = mapped_column(Text)
    step: Mapped[int] = mapped_column(default=0, server_default="0")
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    agreed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
