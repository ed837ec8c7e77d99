"""Who has had a hand in a release, also by taking something out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_AUTHORS = """
    UPDATE release SET worked_on_by = ARRAY(
        SELECT changed_by FROM release_change
        WHERE release_id = release.id AND changed_by IS NOT NULL
        UNION SELECT agreed_by FROM release_script
        WHERE release_id = release.id AND agreed_by IS NOT NULL
        ORDER BY 1
    )
"""


def upgrade() -> None:
    """One column, filled with those who are known."""
    hands = sa.ARRAY(sa.Uuid())
    column: Any = sa.Column("worked_on_by", hands, nullable=False, server_default="{}")
    op.add_column("release", column)
    op.execute(_AUTHORS)
