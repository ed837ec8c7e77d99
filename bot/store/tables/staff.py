"""The people who work with the console."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, DateTime, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class StaffRow(Base):
    """One account. ``email`` is lower case; ``role`` is a name in ``permissions.toml``.

    ``agency`` is the id of the service that a partner works for, and empty for all others.
    """

    __tablename__ = "staff"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text, default="", server_default="")
    team: Mapped[str] = mapped_column(Text, default="", server_default="")
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    password_hash: Mapped[str] = mapped_column(Text)
    # Sealed by the house; ``None`` until a second factor of this kind was shown to work.
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The last time step that was accepted: no code works twice.
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    # How many conversations at once.
    caseload: Mapped[int] = mapped_column(default=5, server_default="5")
    # Since when they are at the desk; ``None`` while they are not.
    at_desk_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Until when nothing new is offered to them.
    resting_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
