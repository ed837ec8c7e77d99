"""Reminders that a person asked for."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ReminderRow(Base):
    """One reminder. Its text is made when it is due, from the person's wishes."""

    __tablename__ = "reminder"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    about: Mapped[uuid.UUID | None] = mapped_column(index=True)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    # After this the reminder is of no use and is dropped.
    useful_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # ``waiting``, ``sent`` or ``dropped``; why it was dropped, as a fixed word.
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str | None]
