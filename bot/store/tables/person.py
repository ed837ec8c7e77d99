"""People, known by a keyed pseudonym; their address lies sealed beside it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class PersonRow(Base):
    """Deleting this row destroys the data key: everything of the person is gone for good."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    channel: Mapped[str]
    address: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # Set by "forget me": the row lives until the last reply is on its way.
    forget_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)
