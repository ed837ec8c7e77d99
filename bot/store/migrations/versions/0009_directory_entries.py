"""The directory as it is edited: entries, what became of them, and what providers say."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

revision = "0009"
down_revision = "0008"

_TIME = sa.DateTime(timezone=True)
_WORDS = (
    "to_tsvector('simple'::regconfig, \"left\"(name, 1000) || ' ' || \"left\"(organization, 1000))"
)


def upgrade() -> None:
    """Seven tables."""
    _add_entries()
    _add_history()
    _add_what_providers_say()
    op.create_table(
        "apart",
        sa.Column("first_id", sa.Text(), primary_key=True),
        sa.Column("second_id", sa.Text(), primary_key=True),
        _staff("decided_by"),
        sa.Column("decided_at", _TIME, nullable=False),
        sa.CheckConstraint('first_id COLLATE "C" < second_id', name="order"),
    )


def _add_entries() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("document", JSONB(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "organization")),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("location_ids", ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("assured", sa.Date()),
        sa.Column("words", TSVECTOR(), sa.Computed(_WORDS, persisted=True), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        _staff("changed_by"),
    )
    op.create_index(
        "ix_entry_organization_id", "entry", ["organization_id"], postgresql_using="hash"
    )
    op.create_index("ix_entry_location_ids", "entry", ["location_ids"], postgresql_using="gin")
    op.create_index("ix_entry_words", "entry", ["words"], postgresql_using="gin")
    op.create_index("ix_entry_assured", "entry", ["assured", "status"])
    op.create_index("ix_entry_name", "entry", [sa.text('lower("left"(name, 80))'), "id"])


def _add_history() -> None:
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), server_default="false", nullable=False),
        _staff("made_by"),
        sa.Column("made_at", _TIME, nullable=False, index=True),
        sa.Column("report", JSONB(), nullable=False),
        sa.Column("undone_at", _TIME),
    )
    op.create_table(
        "entry_change",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column(
            "import_id",
            sa.Uuid(),
            sa.ForeignKey("directory_import.id", ondelete="CASCADE"),
            index=True,
        ),
        sa.Column("before", JSONB()),
        sa.Column("after", JSONB()),
        _staff("changed_by"),
        sa.Column("changed_at", _TIME, nullable=False),
    )
    op.create_index("ix_entry_change_entry_id", "entry_change", ["entry_id", "changed_at"])


def _add_what_providers_say() -> None:
    op.create_table(
        "capacity",
        sa.Column("entry_id", sa.Text(), primary_key=True),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("reported_at", _TIME, nullable=False),
        _staff("reported_by"),
        sa.CheckConstraint("available >= 0", name="available"),
        sa.CheckConstraint("maximum >= 0", name="maximum"),
        sa.CheckConstraint("unit IN ('beds', 'places', 'rooms')", name="unit"),
    )
    op.create_table(
        "provider_link",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("entry_id", sa.Text(), nullable=False, index=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        _staff("made_by"),
        *(sa.Column(name, _TIME, nullable=False) for name in ("made_at", "expires_at")),
        sa.Column("ended_at", _TIME),
    )
    op.create_table(
        "provider_answer",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("entry_id", sa.Text(), nullable=False, index=True),
        sa.Column("said_at", _TIME, nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_at", _TIME),
        _staff("settled_by"),
    )


def _staff(name: str) -> sa.Column[uuid.UUID]:
    """Who did it, until the account goes."""
    return sa.Column(name, sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL"))
