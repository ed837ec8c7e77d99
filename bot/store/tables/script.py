"""Conversations that staff saved, and what a release agreed to have otherwise in any of them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

_TIME = DateTime(timezone=True)


class ScriptRow(Base):
    """A conversation that has to go on like this. ``turns`` are of ``bot.flows.scripts``."""

    __tablename__ = "script"
    __table_args__ = (UniqueConstraint("language", "name"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    turns: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(_TIME)


class ReleaseScriptRow(Base):
    """In this release it is right that the conversation goes like this."""

    __tablename__ = "release_script"

    release_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    turns: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    agreed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    agreed_at: Mapped[datetime] = mapped_column(_TIME)
