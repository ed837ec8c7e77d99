"""Pairs of entries that look like doubles and are none."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ApartRow(Base):
    """Somebody looked at two entries and said that they are not the same."""

    __tablename__ = "apart"
    __table_args__ = (CheckConstraint('first_id COLLATE "C" < second_id', name="order"),)

    first_id: Mapped[str] = mapped_column(Text, primary_key=True)
    second_id: Mapped[str] = mapped_column(Text, primary_key=True)
    decided_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
