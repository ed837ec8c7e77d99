"""Reading the audit log, a page at a time. There is no content in it to read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import AuditRow, StaffRow

#: Entries on a page.
PAGE = 50
#: How far back the kinds to choose from are looked for.
_NEWEST = 10_000


@dataclass(frozen=True)
class Sieve:
    """Which entries to show; what is ``None`` or empty leaves all. Days begin at ``since``."""

    staff_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One entry, with the name of whoever acted if they still have an account."""

    position: int
    happened_at: datetime
    staff_id: uuid.UUID | None
    name: str | None
    what: str
    person_id: uuid.UUID | None
    about: str


async def find_entries(
    session: AsyncSession, sieve: Sieve, before: int | None = None
) -> list[Entry]:
    """One page of entries in front of position ``before``, newest first, and one more if there is.

    The one beyond :data:`PAGE` only tells that there are older ones.
    """
    found = (
        select(
            AuditRow.position, AuditRow.happened_at, AuditRow.staff_id, StaffRow.name,
            AuditRow.what, AuditRow.person_id, AuditRow.about,
        )
        .outerjoin(StaffRow, StaffRow.id == AuditRow.staff_id)
        .where(*_which(sieve, before))
        .order_by(AuditRow.position.desc())
        .limit(PAGE + 1)
    )  # fmt: skip
    return [Entry(*row) for row in await session.execute(found)]


async def find_kinds(session: AsyncSession) -> list[str]:
    """The kinds of the newest entries; to look at all of a long log would take too long."""
    newest = select(AuditRow.what).order_by(AuditRow.position.desc()).limit(_NEWEST).subquery()
    return list(await session.scalars(select(newest.c.what).distinct().order_by(newest.c.what)))


def _which(sieve: Sieve, before: int | None) -> Iterator[ColumnElement[bool]]:
    if sieve.staff_id:
        yield AuditRow.staff_id == sieve.staff_id
    if sieve.person_id:
        yield AuditRow.person_id == sieve.person_id
    if sieve.what:
        yield AuditRow.what == sieve.what
    if sieve.since:
        yield AuditRow.happened_at >= sieve.since
    if sieve.until:
        yield AuditRow.happened_at < sieve.until
    if before is not None:
        yield AuditRow.position < before
