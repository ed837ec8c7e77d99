"""Services as they are searched: one row for a service at a place."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ServiceRow(Base):
    """Public knowledge, except that a confidential place has no address and no spot on the map.

    ``keys`` hold a need and a square of the map each, such as ``food@89:-246``; they
    are what a search looks up. ``latitude`` and ``longitude`` are in degrees; for a
    confidential place they are the middle of its town.
    """

    __tablename__ = "service"
    __table_args__ = (
        Index("ix_service_keys", "keys", postgresql_using="gin"),
        CheckConstraint("NOT (confidential AND address IS NOT NULL)", name="confidential"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    organization: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    phone: Mapped[str | None] = mapped_column(Text)
    extension: Mapped[str | None] = mapped_column(Text)
    text_line: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    confidential: Mapped[bool] = mapped_column(Boolean)
    nationwide: Mapped[bool] = mapped_column(Boolean)
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    cost: Mapped[str | None] = mapped_column(Text)
    free: Mapped[bool] = mapped_column(Boolean)
    eligibility: Mapped[str | None] = mapped_column(Text)
    bring: Mapped[str | None] = mapped_column(Text)
    schedules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    verified: Mapped[date | None] = mapped_column(Date)
