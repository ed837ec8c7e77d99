"""Who was shown something of a person, and when; the person may ask."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class AccessRow(Base):
    """One disclosure. ``who`` and ``what`` are sealed fixed words, never content."""

    __tablename__ = "access"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[bytes] = mapped_column(LargeBinary)
    what: Mapped[bytes] = mapped_column(LargeBinary)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
