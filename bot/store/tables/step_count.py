"""Where talks get stuck: counts of which nobody can tell whose they are."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class StepCountRow(Base):
    """One time that somebody got stuck. No person, and the first day of its month in place of its
    time. A row each, and no number that grows: two turns must not wait for each other.
    """

    __tablename__ = "step_count"
    __table_args__ = (CheckConstraint("what IN ('misunderstood', 'left')", name="what"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    # The open question, such as ``need`` or ``safety_plan/now_signs``; empty without one.
    step: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    month: Mapped[date] = mapped_column(Date, index=True)
