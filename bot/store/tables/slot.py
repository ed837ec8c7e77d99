"""Openings that providers offer: each can be booked once."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, DateTime, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class SlotRow(Base):
    """What a calendar said last. Nothing here is about the person who books it.

    ``service_id`` is no foreign key, for the directory is put in anew as a whole. ``gone_at``
    is since when the calendar does not offer the slot any more; a booking of it stands.
    """

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        CheckConstraint("ends_at > starts_at", name="lasts"),
        Index("ix_slot_open", "service_id", "starts_at", postgresql_where=text("gone_at IS NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    source_key: Mapped[str] = mapped_column(Text)
    service_id: Mapped[str] = mapped_column(Text, index=True)
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    remote: Mapped[bool] = mapped_column(Boolean)
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    # ``woman``, ``man`` or ``nonbinary``, where the provider says so.
    provider_gender: Mapped[str | None] = mapped_column(Text)
    child_care: Mapped[bool] = mapped_column(Boolean)
    interpreter: Mapped[bool] = mapped_column(Boolean)
    transport: Mapped[bool] = mapped_column(Boolean)
    gone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
