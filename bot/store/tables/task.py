"""Things that the team has to do for a person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class TaskRow(Base):
    """One task. ``kind`` is a fixed word of ``bot.care.tasks``; the words are sealed."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open", "due_at", postgresql_where=text("done_at IS NULL")),
        # The house asks for one thing once: asking again while it is open changes nothing.
        Index(
            "uq_task_open", "person_id", "kind", unique=True,
            postgresql_where=text("done_at IS NULL AND made_by IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(Text)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # Who does it; nobody yet while ``None``.
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    # Who wrote it; the house itself while ``None``.
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
