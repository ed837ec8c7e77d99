"""Whether a service helped: answers of which nobody can tell whose they are."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class OutcomeRow(Base):
    """One answer. No person, and the first day of its month in place of its time."""

    __tablename__ = "outcome"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(index=True)
    # ``helped``, ``some``, ``not`` or ``did_not_go``; why not, as a fixed word.
    answer: Mapped[str]
    reason: Mapped[str | None]
    month: Mapped[date] = mapped_column(Date)
