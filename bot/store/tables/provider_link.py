"""Links with which a provider looks after its own entry, without an account."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ProviderLinkRow(Base):
    """One link. Only the digest of its token is kept."""

    __tablename__ = "provider_link"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(Text, index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
