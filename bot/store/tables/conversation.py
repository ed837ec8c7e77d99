"""The one running conversation of a person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ConversationRow(Base):
    """Erased as a whole by EXIT, by STOP, and when its time is over."""

    __tablename__ = "conversation"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str]
    # The engine's snapshot, and the options last offered: both sealed.
    snapshot: Mapped[bytes | None] = mapped_column(LargeBinary)
    offered: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Why people should look at it, as a fixed word, and since when.
    marked_for: Mapped[str | None]
    marked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Since when the person knows that answers must wait for the engine.
    holding_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # When the person was last heard; after a long silence it is asked anew whether it is safe.
    heard_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # When the person was last asked to slow down.
    slowed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erase_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
