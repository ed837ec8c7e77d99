"""Slots that people took."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

#: States of a booking. A ``held`` slot waits for the person's yes until ``held_until``.
HELD, BOOKED, CANCELLED = "held", "booked", "cancelled"


class BookingRow(Base):
    """One slot for one person. The partial index is what lets no slot be sold twice."""

    __tablename__ = "booking"
    __table_args__ = (
        Index(
            "uq_booking_slot_id_live",
            "slot_id",
            unique=True,
            postgresql_where=text("state IN ('held', 'booked')"),
        ),
        CheckConstraint("state IN ('held', 'booked', 'cancelled')", name="state"),
        CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name="held"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("slot.id", ondelete="RESTRICT"), index=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    # The turn that made it: the same turn again finds this booking.
    turn_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(Text)
    held_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # The name for the provider and the needs: one sealed document.
    details: Mapped[bytes | None] = mapped_column(LargeBinary)
    # When the person said how it went, or did not want to.
    told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
