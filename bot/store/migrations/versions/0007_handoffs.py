"""Handoffs: the queue, the conversation, and what the team does for a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)
_WORDS = ARRAY(sa.Text())


def upgrade() -> None:
    """Nine tables; the calls of before are carried over."""
    op.rename_table("handoff", "call")
    op.execute("ALTER INDEX pk_handoff RENAME TO pk_call")
    _add_handoff()
    _add_said()
    _add_private_note()
    _add_draft()
    _add_closed_handoff()
    _add_task()
    _add_referral()
    _add_debrief()
    _add_block()
    _move_calls()


def _add_handoff() -> None:
    op.create_table(
        "handoff",
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("reasons", _WORDS, nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), server_default="", nullable=False),
        sa.Column("topics", _WORDS, server_default="{}", nullable=False),
        sa.Column("practice", sa.Text()),
        sa.Column("note", sa.LargeBinary()),
        sa.Column("last_words", sa.LargeBinary()),
        sa.Column("placed_at", _TIME),
        sa.Column("called_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("claimed_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="RESTRICT")),
        sa.Column("claimed_at", _TIME),
        sa.Column("active_at", _TIME),
        sa.Column("unanswered_since", _TIME),
        sa.Column("joined_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("meant_for", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("transfer", sa.LargeBinary()),
        sa.CheckConstraint("how IN ('', 'now', 'message')", name="how"),
        sa.CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name="claimed"),
    )
    op.create_index("ix_handoff_claimed_by", "handoff", ["claimed_by"])
    op.create_index(
        "ix_handoff_queue",
        "handoff",
        ["danger", "called_at"],
        postgresql_where=sa.text("claimed_by IS NULL"),
    )


def _add_said() -> None:
    op.create_table(
        "said",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("outbox_id", sa.Uuid()),
        sa.Column("said_at", _TIME, nullable=False),
        sa.CheckConstraint("who IN ('person', 'staff', 'house')", name="who"),
    )
    op.create_index("ix_said_person_id_position", "said", ["person_id", "position"])


def _add_private_note() -> None:
    op.create_table(
        "private_note",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", _TIME, nullable=False),
    )
    op.create_index("ix_private_note_person_id", "private_note", ["person_id"])


def _add_draft() -> None:
    op.create_table(
        "draft",
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
    )


def _add_closed_handoff() -> None:
    op.create_table(
        "closed_handoff",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("reasons", _WORDS, nullable=False),
        sa.Column("topics", _WORDS, nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("called_at", _TIME, nullable=False),
        sa.Column("claimed_at", _TIME),
        sa.Column("ended_at", _TIME, nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
    )
    op.create_index("ix_closed_handoff_ended_at", "closed_handoff", ["ended_at"])
    op.create_index(
        "ix_closed_handoff_staff_id_ended_at", "closed_handoff", ["staff_id", "ended_at"]
    )


def _add_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("done_at", _TIME),
    )
    op.create_index("ix_task_open", "task", ["due_at"], postgresql_where=sa.text("done_at IS NULL"))
    op.create_index("ix_task_person_id", "task", ["person_id"])
    op.create_index(
        "uq_task_open",
        "task",
        ["person_id", "kind"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL AND made_by IS NULL"),
    )


def _add_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'refused', 'sent', 'accepted', 'scheduled', 'completed',"
            " 'declined', 'withdrawn')",
            name="state",
        ),
    )
    op.create_index("ix_referral_agency_state", "referral", ["agency", "state"])
    op.create_index("ix_referral_person_id", "referral", ["person_id"])


def _add_debrief() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("held_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("held_at", _TIME),
    )
    op.create_index("ix_debrief_staff_id", "debrief", ["staff_id"])


def _add_block() -> None:
    op.create_table(
        "block",
        sa.Column("pseudonym", sa.LargeBinary(), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("asked_at", _TIME),
        sa.Column("agreed_by", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("until", _TIME),
        sa.CheckConstraint("agreed_by <> asked_by", name="two_people"),
    )


def _move_calls() -> None:
    """Calls of before, a row for each reason, become one handoff a person, or a task."""
    op.execute(
        "INSERT INTO task (id, person_id, kind, due_at, made_at)"
        " SELECT gen_random_uuid(), person_id, reason, called_at, called_at FROM call"
        " WHERE reason IN ('ride_voucher', 'unreachable', 'reminder_dropped')"
    )
    op.execute(
        "INSERT INTO handoff (person_id, reasons, danger, language, called_at)"
        " SELECT call.person_id, array_agg(reason), bool_or(reason IN"
        " ('danger', 'medical', 'suicide', 'child')), coalesce(min(language), 'en'),"
        " min(called_at) FROM call LEFT JOIN conversation USING (person_id)"
        " WHERE reason NOT IN ('ride_voucher', 'unreachable', 'reminder_dropped')"
        " GROUP BY call.person_id"
    )
    op.drop_table("call")
