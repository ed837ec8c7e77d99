"""Referrals to agencies of the network, from asking the person to how it ended."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ReferralRow(Base):
    """One referral. ``content`` is one sealed document, as ``bot.care.referrals`` writes it."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'refused', 'sent', 'accepted', 'scheduled', 'completed',"
            " 'declined', 'withdrawn')",
            name="state",
        ),
        Index("ix_referral_agency_state", "agency", "state"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    # The id of the service in the directory; no foreign key, as with slots.
    agency: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # Why it was declined, as a fixed word.
    reason: Mapped[str | None] = mapped_column(Text)
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
