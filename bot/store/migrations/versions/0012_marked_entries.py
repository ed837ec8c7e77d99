"""An index of the entries that are confidential somewhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_SAYS = 'like_regex "^[[:space:]]*confidential[[:space:]]*$" flag "i"'
_FIELDS = (
    "value", "taxonomy_term_id", "taxonomy_term.id", "taxonomy_term.code", "taxonomy_term.name"
)  # fmt: skip
_MARK = " || ".join(f"@.{field} {_SAYS}" for field in _FIELDS)


def upgrade() -> None:
    """One index."""
    op.create_index(
        "ix_entry_marked",
        "entry",
        ["changed_at"],
        postgresql_where=sa.literal_column(
            f"jsonb_path_exists(document, '$.**.attributes[*] ? ({_MARK})')"
        ),
    )
