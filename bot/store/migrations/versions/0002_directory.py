"""The directory of services."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One table, searched by keys of need and square of the map."""
    op.create_table(
        "service",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "organization")),
        sa.Column("description", sa.Text(), nullable=False),
        *(sa.Column(name, ARRAY(sa.Text()), nullable=False) for name in ("needs", "keys")),
        *(sa.Column(name, sa.Text()) for name in ("phone", "extension", "text_line", "url")),
        sa.Column("address", sa.Text()),
        *(sa.Column(name, sa.Float()) for name in ("latitude", "longitude")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("confidential", "nationwide")),
        sa.Column("languages", ARRAY(sa.Text()), nullable=False),
        sa.Column("cost", sa.Text()),
        sa.Column("free", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("eligibility", "bring")),
        sa.Column("schedules", JSONB(), nullable=False),
        sa.Column("verified", sa.Date()),
        sa.CheckConstraint(
            "NOT (confidential AND address IS NOT NULL)", name="ck_service_confidential"
        ),
    )
    op.create_index("ix_service_keys", "service", ["keys"], postgresql_using="gin")
