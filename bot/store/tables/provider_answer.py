"""What providers said of their entries."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Boolean, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ProviderAnswerRow(Base):
    """Whether an entry is right, or what is wrong in it; open until a member settles it."""

    __tablename__ = "provider_answer"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(Text, index=True)
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    is_right: Mapped[bool] = mapped_column(Boolean)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
