"""People, conversations, the inbox, the outbox and the job queue."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None

_NOW = sa.text("now()")
_TIME = sa.DateTime(timezone=True)


def _person(*, primary_key: bool) -> sa.Column[uuid.UUID]:
    return sa.Column(
        "person_id",
        sa.Uuid(),
        sa.ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def upgrade() -> None:
    """The queue's schema is the queue library's own, as a text of many statements."""
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    _make_people()
    _make_messages()


def _make_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=_NOW),
        sa.Column("forget_at", _TIME, index=True),
    )
    op.create_table(
        "opt_out",
        sa.Column("pseudonym", sa.LargeBinary(), primary_key=True),
        sa.Column("stopped_at", _TIME, nullable=False, server_default=_NOW),
    )
    op.create_table(
        "consent",
        _person(primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("granted_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("revoked_at", _TIME),
    )
    op.create_table(
        "handoff",
        _person(primary_key=True),
        sa.Column("reason", sa.String(), primary_key=True),
        sa.Column("called_at", _TIME, nullable=False, server_default=_NOW),
    )
    op.create_table(
        "conversation",
        _person(primary_key=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary()),
        sa.Column("offered", sa.LargeBinary()),
        sa.Column("marked_for", sa.String()),
        sa.Column("marked_at", _TIME),
        sa.Column("holding_since", _TIME),
        sa.Column("slowed_at", _TIME),
        sa.Column("erase_at", _TIME, nullable=False, index=True),
    )


def _make_messages() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("provider_key", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("media_count", sa.Integer(), nullable=False),
        sa.Column("vendor_word", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", _TIME, nullable=False, server_default=_NOW, index=True),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["person_id", "position"],
        postgresql_where=sa.text("state <> 'done'"),
    )
    op.create_index("ix_inbox_person_id_received_at", "inbox", ["person_id", "received_at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        _person(primary_key=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=_NOW, index=True),
        sa.Column("tried_at", _TIME),
    )
    op.create_index("ix_outbox_person_id_position", "outbox", ["person_id", "position"])
