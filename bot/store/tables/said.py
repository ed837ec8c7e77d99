"""What was said while a person talked with a navigator."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

#: Who said it. ``house`` is a fixed sentence that the person was sent meanwhile.
PERSON, STAFF, HOUSE = "person", "staff", "house"


class SaidRow(Base):
    """One line. It lives as long as the talk: EXIT and FORGET ME erase it."""

    __tablename__ = "said"
    __table_args__ = (
        CheckConstraint("who IN ('person', 'staff', 'house')", name="who"),
        Index("ix_said_person_id_position", "person_id", "position"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    who: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    # The reply that carries it, whose state is what the vendor said last. No foreign key: the
    # record of a reply is removed long before some talks are.
    outbox_id: Mapped[uuid.UUID | None]
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
