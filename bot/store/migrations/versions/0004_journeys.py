"""Journeys: living consents, wishes, covers, memory, reminders, care plan, answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Tables for what a person decides, and columns for when they were last heard."""
    _widen_tables()
    _add_wishes()
    _add_memory()
    _add_plans()
    _add_answers()


def _widen_tables() -> None:
    """The old consent to remember was one to keep; its wording was the first version."""
    op.add_column("consent", sa.Column("agency", sa.String(), nullable=False, server_default=""))
    op.add_column("consent", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.drop_constraint("pk_consent", "consent")
    op.create_primary_key("pk_consent", "consent", ["person_id", "kind", "agency"])
    op.execute("UPDATE consent SET kind = 'keep' WHERE kind = 'remember'")
    op.execute("UPDATE consent SET kind = 'reminders' WHERE kind = 'safe_contact'")
    op.add_column(
        "conversation",
        sa.Column("heard_at", _TIME, nullable=False, server_default=sa.func.now()),
    )
    op.add_column(
        "outbox", sa.Column("first", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.add_column("outbox", sa.Column("held_until", _TIME))


def _add_wishes() -> None:
    op.create_table(
        "contact",
        _of_one_person(),
        sa.Column("wishes", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
    )
    op.create_table(
        "cover",
        _of_one_person(),
        sa.Column("story", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "reminder",
        *_of_many_people(),
        sa.Column("about", sa.Uuid(), index=True),
        sa.Column("due_at", _TIME, nullable=False, index=True),
        sa.Column("useful_until", _TIME, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
    )


def _add_memory() -> None:
    op.create_table(
        "memory",
        _of_one_person(),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.Column("kept_until", _TIME, nullable=False, index=True),
    )
    op.create_table(
        "memory_try",
        _of_one_person(),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", _TIME, nullable=False),
    )
    op.create_table(
        "access",
        *_of_many_people(),
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", _TIME, nullable=False, server_default=sa.func.now()),
    )


def _add_plans() -> None:
    op.create_table(
        "care_step",
        *_of_many_people(),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("step", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
    )


def _add_answers() -> None:
    op.create_table(
        "feedback",
        *_of_many_people(),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", _TIME, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("service_id", sa.String(), nullable=False, index=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("month", sa.Date(), nullable=False),
    )


def _of_one_person() -> sa.Column[object]:
    return sa.Column(
        "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )


def _of_many_people() -> tuple[sa.Column[object], sa.Column[object]]:
    person = sa.ForeignKey("person.id", ondelete="CASCADE")
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), person, nullable=False, index=True),
    )
