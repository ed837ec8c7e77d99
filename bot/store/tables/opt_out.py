"""Who must not be texted again. It outlives the person's row, as a hash alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class OptOutRow(Base):
    """STOP is obeyed for good, even when everything else has been forgotten."""

    __tablename__ = "opt_out"

    pseudonym: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    stopped_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
