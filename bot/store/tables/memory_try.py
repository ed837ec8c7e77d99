"""Wrong passphrases of a person, so that guessing slows down."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class MemoryTryRow(Base):
    """Stands whether or not anything is kept, and so tells nothing of that."""

    __tablename__ = "memory_try"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
