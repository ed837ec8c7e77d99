"""People who wait for a person, or talk with one."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class HandoffRow(Base):
    """The one open handoff of a person. Held by whoever is in ``claimed_by``, else in the queue.

    ``reasons`` and ``topics`` are fixed words. ``how`` is what the person chose: ``now``,
    ``message``, or nothing yet. ``practice`` names the persona of a simulated survivor.
    """

    __tablename__ = "handoff"
    __table_args__ = (
        CheckConstraint("how IN ('', 'now', 'message')", name="how"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name="claimed"),
        Index(
            "ix_handoff_queue", "danger", "called_at", postgresql_where=text("claimed_by IS NULL")
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    danger: Mapped[bool]
    how: Mapped[str] = mapped_column(Text, default="", server_default="")
    language: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(Text, default="", server_default="")
    # What a content note warns of before the conversation is opened.
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    practice: Mapped[str | None] = mapped_column(Text)
    # The lines that the person let stand, and their last message when danger was seen: sealed.
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    called_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # When the person was told where they stand; they are told once.
    placed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    claimed_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="RESTRICT"), index=True
    )
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # When the claimer last did something for this person.
    active_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # When the person last wrote to the claimer, while nobody has answered it.
    unanswered_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # A supervisor beside the claimer.
    joined_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    # A transfer: to whom (or to ``team``), and the note that goes with it, sealed.
    meant_for: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    transfer: Mapped[bytes | None] = mapped_column(LargeBinary)
