"""Entries of the directory: one document for each service, as people keep and edit it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Text,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base

#: Only so many characters of a name can be looked up: PostgreSQL bounds what it indexes.
_WORDS = (
    "to_tsvector('simple'::regconfig, \"left\"(name, 1000) || ' ' || \"left\"(organization, 1000))"
)

_SAYS = 'like_regex "^[[:space:]]*confidential[[:space:]]*$" flag "i"'
#: What bot.directory.confidential takes for a mark, asked of an attribute.
HAS_MARK = (
    f"@.value {_SAYS} || @.taxonomy_term_id {_SAYS} || @.taxonomy_term.id {_SAYS}"
    f" || @.taxonomy_term.code {_SAYS} || @.taxonomy_term.name {_SAYS}"
)
#: Whether there is a mark anywhere in a document; as it is written here, there is an index for it.
IS_MARKED = f"jsonb_path_exists(document, '$.**.attributes[*] ? ({HAS_MARK})')"
#: The confidential places of a document, each of which says so itself; and the others.
HIDDEN_PLACES, OPEN_PLACES = (
    f"$.service_at_locations[*].location ? ({sign}exists (@.attributes[*] ? ({HAS_MARK})))"
    for sign in ("", "!")
)


class EntryRow(Base):
    """One service as an HSDS 3 API says it. What is searched (``service``) is made from it.

    Everything beside ``document`` is read from it, for lists and look-ups. ``assured`` is when
    somebody last made sure of it. Public knowledge: a confidential place has no address here.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_organization_id", "organization_id", postgresql_using="hash"),
        Index("ix_entry_location_ids", "location_ids", postgresql_using="gin"),
        Index("ix_entry_words", "words", postgresql_using="gin"),
        Index("ix_entry_assured", "assured", "status"),
        Index("ix_entry_name", text('lower("left"(name, 80))'), "id"),
        # Tells at once whether a confidential entry has changed.
        Index("ix_entry_marked", "changed_at", postgresql_where=literal_column(IS_MARKED)),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    name: Mapped[str] = mapped_column(Text)
    organization: Mapped[str] = mapped_column(Text)
    organization_id: Mapped[str] = mapped_column(Text)
    location_ids: Mapped[list[str]] = mapped_column(ARRAY(Text))
    status: Mapped[str] = mapped_column(Text)
    assured: Mapped[date | None] = mapped_column(Date)
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True), deferred=True)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
