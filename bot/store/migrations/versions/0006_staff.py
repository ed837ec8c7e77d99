"""The staff: who they are, how they sign in, and what they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006"
down_revision = "0005"

_TIME = sa.DateTime(timezone=True)
_WORDS = ARRAY(sa.Text())


def upgrade() -> None:
    """Six tables; the database itself keeps the audit log from being changed."""
    _add_staff()
    _add_invitation()
    _add_staff_session()
    _add_passkey()
    _add_sign_in_try()
    _add_audit()
    _guard_audit()


def _add_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), server_default="", nullable=False),
        sa.Column("team", sa.Text(), server_default="", nullable=False),
        sa.Column("languages", _WORDS, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary()),
        sa.Column("totp_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("caseload", sa.Integer(), server_default="5", nullable=False),
        sa.Column("at_desk_since", _TIME),
        sa.Column("resting_until", _TIME),
        sa.Column("disabled_at", _TIME),
        sa.Column("created_at", _TIME, server_default=sa.text("now()"), nullable=False),
    )


def _add_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), server_default="", nullable=False),
        sa.Column("team", sa.Text(), server_default="", nullable=False),
        sa.Column("languages", _WORDS, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_index("ix_invitation_email", "invitation", ["email"])


def _add_staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column(
            "staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("proven_at", _TIME),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])


def _add_passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("credential_id", sa.LargeBinary(), primary_key=True),
        sa.Column(
            "staff_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
    )
    op.create_index("ix_passkey_staff_id", "passkey", ["staff_id"])


def _add_sign_in_try() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("position", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("whose", sa.LargeBinary(), nullable=False),
        sa.Column("failed_at", _TIME, nullable=False),
    )
    op.create_index("ix_sign_in_try_whose_failed_at", "sign_in_try", ["whose", "failed_at"])


def _add_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("position", sa.BigInteger(), primary_key=True),
        sa.Column("happened_at", _TIME, nullable=False),
        sa.Column("staff_id", sa.Uuid()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )


def _guard_audit() -> None:
    """Entries are only ever added, whoever asks."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " EXECUTE FUNCTION refuse_change()"
    )
