"""Releases of the conversation: what is to change, who wants it, and who agrees."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, ForeignKey, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

_TIME = DateTime(timezone=True)


class ReleaseRow(Base):
    """One release. It holds what the bot says to everybody, and nothing of any person.

    ``findings`` is what the gate said at ``checked_at``; both are empty after each change.
    """

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'proposed', 'approved', 'publishing', 'published', 'dropped')",
            name="state",
        ),
        Index("ix_release_open", "made_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="draft", server_default="draft")
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(_TIME)
    # Everybody who has put something into it or taken something out.
    worked_on_by: Mapped[list[uuid.UUID]] = mapped_column(
        ARRAY(Uuid), default=list, server_default="{}"
    )
    findings: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    checked_at: Mapped[datetime | None] = mapped_column(_TIME)
    # While it is published: when it is to begin, and how far it is, in percent.
    publish_at: Mapped[datetime | None] = mapped_column(_TIME)
    progress: Mapped[int] = mapped_column(default=0, server_default="0")
    # Why the last publishing did not work; empty when it did.
    fault: Mapped[str] = mapped_column(Text, default="", server_default="")
    published_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
    published_at: Mapped[datetime | None] = mapped_column(_TIME)


class ReleaseChangeRow(Base):
    """What stands at one place of the content before and after (``bot.flows.changes``).

    As JSON and not JSONB: the order of names is the order in the file.
    """

    __tablename__ = "release_change"

    release_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[str] = mapped_column(Text, primary_key=True)
    before: Mapped[Any | None] = mapped_column(JSON)
    after: Mapped[Any | None] = mapped_column(JSON)
    changed_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime] = mapped_column(_TIME)


class ReleaseOpinionRow(Base):
    """What one member thinks of a proposed release. Any change takes all of them away."""

    __tablename__ = "release_opinion"

    release_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    agrees: Mapped[bool]
    why: Mapped[str] = mapped_column(Text, default="", server_default="")
    said_at: Mapped[datetime] = mapped_column(_TIME)
