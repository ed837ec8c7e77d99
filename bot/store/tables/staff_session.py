"""Browsers that are signed in to the console."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class StaffSessionRow(Base):
    """One session. Only a hash of the cookie's token is kept."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # When both factors were last shown; a session without them opens nothing.
    proven_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
