"""People who wait for a person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class HandoffRow(Base):
    """One call for a human. It holds a fixed reason, never words."""

    __tablename__ = "handoff"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str] = mapped_column(primary_key=True)
    called_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
