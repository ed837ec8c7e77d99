"""Consents: each one separate, dated, limited in time, and revocable."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ConsentRow(Base):
    """What a person agreed to, and until when. Refusals are not kept."""

    __tablename__ = "consent"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    # Whom a consent to share names; empty for all others.
    agency: Mapped[str] = mapped_column(primary_key=True, default="")
    # Of the wording that was agreed to.
    version: Mapped[int]
    granted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
