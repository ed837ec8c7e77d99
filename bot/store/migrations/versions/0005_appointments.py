"""Appointments: slots that providers offer, and who took them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0005"
down_revision = "0004"

_TIME = sa.DateTime(timezone=True)
_LIVE = sa.text("state IN ('held', 'booked')")
_OPEN = sa.text("gone_at IS NULL")


def upgrade() -> None:
    """Two tables; a partial index lets no slot have two bookings that stand."""
    _add_slots()
    _add_bookings()


def _add_slots() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Text(), nullable=False, index=True),
        sa.Column("starts_at", _TIME, nullable=False, index=True),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("languages", ARRAY(sa.Text()), nullable=False),
        sa.Column("provider_gender", sa.Text()),
        sa.Column("child_care", sa.Boolean(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("transport", sa.Boolean(), nullable=False),
        sa.Column("gone_at", _TIME),
        sa.UniqueConstraint("source", "source_key"),
        sa.CheckConstraint("ends_at > starts_at", name="lasts"),
    )
    op.create_index("ix_slot_open", "slot", ["service_id", "starts_at"], postgresql_where=_OPEN)


def _add_bookings() -> None:
    slot = sa.ForeignKey("slot.id", ondelete="RESTRICT")
    person = sa.ForeignKey("person.id", ondelete="CASCADE")
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("slot_id", sa.Uuid(), slot, nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), person, nullable=False, index=True),
        sa.Column("turn_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_until", _TIME),
        sa.Column("details", sa.LargeBinary()),
        sa.Column("told_at", _TIME),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.CheckConstraint("state IN ('held', 'booked', 'cancelled')", name="state"),
        sa.CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name="held"),
    )
    op.create_index(
        "uq_booking_slot_id_live", "booking", ["slot_id"], unique=True, postgresql_where=_LIVE
    )
