"""What became of entries: their history, and the way back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class EntryChangeRow(Base):
    """One entry before and after. It is new without a ``before``, and gone without an ``after``.

    ``entry_id`` is no foreign key, for the history of an entry outlives it.
    """

    __tablename__ = "entry_change"
    __table_args__ = (Index("ix_entry_change_entry_id", "entry_id", "changed_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(Text)
    import_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("directory_import.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    changed_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
