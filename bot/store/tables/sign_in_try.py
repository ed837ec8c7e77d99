"""Attempts to sign in that failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Identity, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class SignInTryRow(Base):
    """One failure. ``whose`` is a keyed hash of an e-mail address or of a network address."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_whose_failed_at", "whose", "failed_at"),)

    position: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    whose: Mapped[bytes] = mapped_column(LargeBinary)
    failed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
