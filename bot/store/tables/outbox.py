"""Replies on their way out. The words stay only until the reply has arrived."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, LargeBinary, func, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

#: States of a reply. ``sending`` is committed before the vendor is called.
PENDING, SENDING, SENT, DELIVERED, FAILED, STOPPED = (
    "pending",
    "sending",
    "sent",
    "delivered",
    "failed",
    "stopped",
)


class OutboxRow(Base):
    """One reply. Its id travels in the status callback's path."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_person_id_position", "person_id", "position"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Whether the house writes first, instead of answering.
    first: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    state: Mapped[str] = mapped_column(default=PENDING)
    provider_id: Mapped[str | None]
    reason: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), index=True
    )
    # When its turn on the vendor's lanes comes.
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Until when the person's wishes keep it here.
    held_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    tried_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
