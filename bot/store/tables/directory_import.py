"""Packages that were put in the place of the directory, and what came of each."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, DateTime, ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class DirectoryImportRow(Base):
    """One import. ``report`` counts what was taken, new, changed, gone and refused."""

    __tablename__ = "directory_import"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    # Whether a start loaded the site's own package; nobody meant to replace that package then.
    own: Mapped[bool] = mapped_column(Boolean, default=False, server_default="false")
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
