"""What a person keeps under a passphrase that nobody here knows."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class MemoryRow(Base):
    """Sealed twice: under the passphrase, and under the person's own data key."""

    __tablename__ = "memory"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    kept: Mapped[bytes] = mapped_column(LargeBinary)
    kept_until: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
