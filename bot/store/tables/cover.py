"""What the number pretends to be for a person."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class CoverRow(Base):
    """It outlives EXIT. ``locked``: only the code word opens the conversation."""

    __tablename__ = "cover"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # The story's name and the code word, as one sealed document.
    story: Mapped[bytes] = mapped_column(LargeBinary)
    locked: Mapped[bool]
