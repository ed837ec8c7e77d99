"""The audit log: entries are added, never changed, and each is chained to the one before."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import AuditRow

#: Writers take their turn by this advisory lock, so that the chain has no forks.
_LOCK = 0x5741_4D41
#: What stands before the first entry.
_NOTHING = b"\0" * 32


async def save_audit(
    session: AsyncSession, staff_id: uuid.UUID | None, what: str, now: datetime, *,
    person_id: uuid.UUID | None = None, about: str = "",
) -> None:  # fmt: skip
    """Add an entry, in the transaction of what it tells. ``what`` and ``about`` are fixed words."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    newest = select(AuditRow.position, AuditRow.hash).order_by(AuditRow.position.desc()).limit(1)
    position, before = (await session.execute(newest)).one_or_none() or (0, _NOTHING)
    row = AuditRow(
        position=position + 1,
        happened_at=now,
        staff_id=staff_id,
        what=what,
        person_id=person_id,
        about=about,
    )
    row.hash = _chain(before, row)
    session.add(row)
    await session.flush()


async def verify_audit(session: AsyncSession) -> int | None:
    """The position of the first entry that was changed or follows a gap; ``None`` if all stand."""
    before, expected = _NOTHING, 1
    rows = await session.stream_scalars(
        select(AuditRow).order_by(AuditRow.position).execution_options(yield_per=1000)
    )
    async for row in rows:
        if row.position != expected or row.hash != _chain(before, row):
            return row.position
        before, expected = row.hash, row.position + 1
    return None


def _chain(before: bytes, row: AuditRow) -> bytes:
    entry = [
        row.position,
        row.happened_at.astimezone(UTC).isoformat(),
        str(row.staff_id or ""),
        row.what,
        str(row.person_id or ""),
        row.about,
    ]
    return hashlib.sha256(before + json.dumps(entry).encode()).digest()
