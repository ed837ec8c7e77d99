"""More channels: what can be taken off a screen, and turns on a vendor's lanes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables, and when a reply may leave."""
    op.create_table(
        "trace",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id",
            sa.Uuid(),
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", _TIME, nullable=False, server_default=sa.func.now(), index=True),
    )
    op.create_table(
        "lane",
        sa.Column("name", sa.LargeBinary(), primary_key=True),
        sa.Column("free_at", _TIME, nullable=False, index=True),
    )
    op.add_column("outbox", sa.Column("due_at", _TIME))
