"""Releases on their way out: asked for, called off, done, or failed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Update, case, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.jobs import save_release_job
from bot.store.tables import ReleaseRow

#: A release that was in use once may be put in use again.
_READY = ("approved", "published")


async def ask_to_publish(
    session: AsyncSession, release_id: uuid.UUID, staff_id: uuid.UUID, at: datetime | None
) -> bool:
    """Let the worker put a release in use, now or from ``at`` on. Whether it is ready for that."""
    row = await session.get(ReleaseRow, release_id, with_for_update=True)
    if row is None or row.state not in _READY:
        return False
    row.state, row.published_by, row.publish_at = "publishing", staff_id, at
    row.progress, row.fault = 0, ""
    await save_release_job(session, str(release_id), at)
    return True


async def call_off(session: AsyncSession, release_id: uuid.UUID) -> bool:
    """Take back what was asked for, as long as nothing of it has happened."""
    row = await session.get(ReleaseRow, release_id, with_for_update=True)
    if row is None or row.state != "publishing":
        return False
    row.state, row.publish_at = "published" if row.published_at else "approved", None
    return True


async def find_publishing(session: AsyncSession, release_id: uuid.UUID) -> ReleaseRow | None:
    """A release that is still to be put in use."""
    row = await session.get(ReleaseRow, release_id)
    return row if row is not None and row.state == "publishing" else None


async def save_progress(session: AsyncSession, release_id: uuid.UUID, percent: int) -> bool:
    """How far it is. Whether it is still wanted."""
    wanted = _mine(release_id).values(progress=percent).returning(ReleaseRow.id)
    return await session.scalar(wanted) is not None


async def save_published_release(
    session: AsyncSession, release_id: uuid.UUID, now: datetime
) -> None:
    """It is in use."""
    values = {"state": "published", "published_at": now, "publish_at": None, "fault": ""}
    await session.execute(_mine(release_id).values(progress=100, **values))


async def save_failure(session: AsyncSession, release_id: uuid.UUID, fault: str) -> None:
    """It did not work, and everything else stays as it was."""
    before = case((ReleaseRow.published_at.is_(None), "approved"), else_="published")
    await session.execute(_mine(release_id).values(state=before, publish_at=None, fault=fault))


def _mine(release_id: uuid.UUID) -> Update:
    return update(ReleaseRow).where(ReleaseRow.id == release_id, ReleaseRow.state == "publishing")
