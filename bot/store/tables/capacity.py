"""How much room a service has, as somebody said last."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class CapacityRow(Base):
    """Free beds, places or rooms of one entry. Without ``reported_by`` its provider said so."""

    __tablename__ = "capacity"
    __table_args__ = (
        CheckConstraint("available >= 0", name="available"),
        CheckConstraint("maximum >= 0", name="maximum"),
        CheckConstraint("unit IN ('beds', 'places', 'rooms')", name="unit"),
    )

    entry_id: Mapped[str] = mapped_column(Text, primary_key=True)
    available: Mapped[int]
    maximum: Mapped[int | None]
    unit: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reported_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
