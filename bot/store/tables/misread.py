"""Messages that nobody understood, of people who agreed that the team may read them."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class MisreadRow(Base):
    """Stripped of what could tell of the person, and still sealed under the person's key, so that
    forgetting takes it along. The day alone stands for its time.
    """

    __tablename__ = "misread"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(Text)
    words: Mapped[bytes] = mapped_column(LargeBinary)
    # The likeliest meaning, by the name of its intent.
    likely: Mapped[str | None] = mapped_column(Text)
    day: Mapped[date] = mapped_column(Date, index=True)
