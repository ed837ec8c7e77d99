"""Releases of the conversation, what members think of them, and where talks get stuck."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Four tables."""
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("findings", JSONB()),
        sa.Column("checked_at", _TIME),
        sa.Column("publish_at", _TIME),
        sa.Column("progress", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.Text(), server_default="", nullable=False),
        sa.Column("published_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("published_at", _TIME),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'approved', 'publishing', 'published', 'dropped')",
            name="state",
        ),
    )
    op.create_index("ix_release_open", "release", ["made_at"])
    op.create_table(
        "release_change",
        _release(),
        sa.Column("place", sa.Text(), primary_key=True),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("changed_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("changed_at", _TIME, nullable=False),
    )
    op.create_table(
        "release_opinion",
        _release(),
        sa.Column(
            "staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("said_at", _TIME, nullable=False),
    )
    op.create_table(
        "step_count",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.CheckConstraint("what IN ('misunderstood', 'left')", name="what"),
    )
    op.create_index("ix_step_count_month", "step_count", ["month"])


def _release() -> sa.Column[uuid.UUID]:
    return sa.Column(
        "release_id", sa.Uuid(), sa.ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
