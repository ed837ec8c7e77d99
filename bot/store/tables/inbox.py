"""Messages that came in. The words stay only until the message is answered."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, LargeBinary, func, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

#: States of a message. ``waiting`` has passed the safety rules and waits for the engine.
NEW, WAITING, DONE = "new", "waiting", "done"


class InboxRow(Base):
    """One message, once: the vendor's id is unique, as a keyed hash.

    The row outlives its person without the words, so that a late replay of the
    same request is still known.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_open", "person_id", "position", postgresql_where=text("state <> 'done'")),
        Index("ix_inbox_person_id_received_at", "person_id", "received_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    provider_key: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL")
    )
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_count: Mapped[int]
    # The vendor's own reading of an opt-out word, when it sent one.
    vendor_word: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=NEW)
    tries: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), index=True
    )
