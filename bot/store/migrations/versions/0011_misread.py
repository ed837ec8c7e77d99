"""Messages that nobody understood, of people who agreed to that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "misread",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("likely", sa.Text()),
        sa.Column("day", sa.Date(), nullable=False),
    )
    op.create_index("ix_misread_person_id", "misread", ["person_id"])
    op.create_index("ix_misread_day", "misread", ["day"])
