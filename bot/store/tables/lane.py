"""When the next message may leave on each of a vendor's lanes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class LaneRow(Base):
    """``name`` is a keyed hash, for a lane may be one person's chat."""

    __tablename__ = "lane"

    name: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    free_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
