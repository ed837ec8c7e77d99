"""Rehearsals: asked for by staff, played by the worker, gone after a day."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.jobs import save_rehearsal_job
from bot.store.tables import RehearsalRow
from bot.store.tables.rehearsal import DONE, FAILED, PLAYING, PREPARING, WAITING

#: In the place of a conversation's name: all of them.
EVERYTHING = "*"
KEPT_FOR = timedelta(days=1)
CALLED_OFF = "It was called off."
_OPEN = (WAITING, PREPARING, PLAYING)


@dataclass(frozen=True)
class Wish:
    """What is to be played: the lines in ``says``, or the conversation ``script``.

    ``release_id`` is ``None`` for the content in use.
    """

    release_id: uuid.UUID | None
    channel: str
    language: str
    says: Sequence[str] = ()
    script: str | None = None


async def ask_to_rehearse(
    session: AsyncSession, wish: Wish, staff_id: uuid.UUID | None, now: datetime
) -> uuid.UUID:
    """Let the worker play a conversation. Returns the rehearsal's id."""
    row = RehearsalRow(
        id=uuid.uuid4(),
        release_id=wish.release_id,
        script=wish.script,
        channel=wish.channel,
        language=wish.language,
        says=list(wish.says),
        asked_by=staff_id,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    await save_rehearsal_job(session, row.id)
    return row.id


async def count_waiting(session: AsyncSession, staff_id: uuid.UUID) -> int:
    """How many of a member's rehearsals have not ended yet."""
    mine = (RehearsalRow.asked_by == staff_id, RehearsalRow.state.in_(_OPEN))
    return await session.scalar(select(func.count()).select_from(RehearsalRow).where(*mine)) or 0


async def find_rehearsal(session: AsyncSession, rehearsal_id: uuid.UUID) -> RehearsalRow | None:
    """One rehearsal, as far as it is."""
    return await session.get(RehearsalRow, rehearsal_id)


async def find_last_rehearsal(
    session: AsyncSession, release_id: uuid.UUID | None, script: str | None
) -> RehearsalRow | None:
    """The newest one of a release (``None``: of the content in use) that plays ``script``."""
    rows = select(RehearsalRow).where(
        RehearsalRow.release_id.is_not_distinct_from(release_id),
        RehearsalRow.script.is_not_distinct_from(script),
    )
    return (await session.scalars(rows.order_by(RehearsalRow.asked_at.desc()).limit(1))).first()


async def find_open_rehearsal(
    session: AsyncSession, rehearsal_id: uuid.UUID
) -> RehearsalRow | None:
    """A rehearsal that is still to be played, or was begun by a worker that died."""
    row = await session.get(RehearsalRow, rehearsal_id)
    return row if row is not None and row.state in _OPEN else None


async def save_rehearsal_progress(
    session: AsyncSession, rehearsal_id: uuid.UUID, state: str, percent: int
) -> bool:
    """How far it is: ``preparing`` or ``playing``. Whether it is still wanted."""
    return await _save(session, rehearsal_id, state=state, progress=percent)


async def save_rehearsal_result(
    session: AsyncSession, rehearsal_id: uuid.UUID, result: Mapping[str, Any], now: datetime
) -> None:
    """What came of it, as plain JSON values."""
    await _save(session, rehearsal_id, state=DONE, progress=100, result=dict(result), done_at=now)


async def save_rehearsal_fault(
    session: AsyncSession, rehearsal_id: uuid.UUID, fault: str, now: datetime
) -> None:
    """Why it cannot be played, for people."""
    await _save(session, rehearsal_id, state=FAILED, fault=fault, done_at=now)


async def call_off_rehearsal(session: AsyncSession, rehearsal_id: uuid.UUID, now: datetime) -> None:
    """Nobody waits for it any more; what was played already stays as it is."""
    await _save(session, rehearsal_id, state=FAILED, fault=CALLED_OFF, done_at=now)


async def forget_old_rehearsals(session: AsyncSession, now: datetime) -> None:
    """Remove those of more than a day ago."""
    old = RehearsalRow.asked_at < now - KEPT_FOR
    await session.execute(delete(RehearsalRow).where(old))


async def _save(session: AsyncSession, rehearsal_id: uuid.UUID, **values: Any) -> bool:
    """Whether it was still open: what has ended, or was called off, stays as it is."""
    rows = update(RehearsalRow).where(RehearsalRow.id == rehearsal_id)
    mine = rows.where(RehearsalRow.state.in_(_OPEN)).values(**values)
    return await session.scalar(mine.returning(RehearsalRow.id)) is not None
