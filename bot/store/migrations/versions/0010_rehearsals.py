"""Conversations that are tried out before anybody has them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Three tables."""
    _add_rehearsals()
    op.create_table(
        "script",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("turns", JSONB(), nullable=False),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("made_at", _TIME, nullable=False),
        sa.UniqueConstraint("language", "name", name="uq_script_language_name"),
    )
    op.create_table(
        "release_script",
        sa.Column(
            "release_id",
            sa.Uuid(),
            sa.ForeignKey("release.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("turns", JSONB(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("agreed_at", _TIME, nullable=False),
    )


def _add_rehearsals() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("release_id", sa.Uuid(), sa.ForeignKey("release.id", ondelete="CASCADE")),
        sa.Column("script", sa.Text()),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("says", JSONB(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("progress", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", JSONB()),
        sa.Column("fault", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("done_at", _TIME),
        sa.CheckConstraint(
            "state IN ('waiting', 'preparing', 'playing', 'done', 'failed')", name="state"
        ),
    )
    op.create_index("ix_rehearsal_release_id", "rehearsal", ["release_id"])
    op.create_index("ix_rehearsal_asked_at", "rehearsal", ["asked_at"])
