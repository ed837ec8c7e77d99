"""What the staff did and saw, in a chain that shows whether anybody changed it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, DateTime, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class AuditRow(Base):
    """One entry; the database refuses to change or remove it.

    ``what`` and ``about`` are fixed words or ids. There are no foreign keys, for an entry
    outlives whom it names; after "forget me" the person's id leads nowhere.
    """

    __tablename__ = "audit"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    staff_id: Mapped[uuid.UUID | None]
    what: Mapped[str] = mapped_column(Text)
    person_id: Mapped[uuid.UUID | None]
    about: Mapped[str] = mapped_column(Text, default="", server_default="")
    # SHA-256 over the hash before and everything above.
    hash: Mapped[bytes] = mapped_column(LargeBinary)
